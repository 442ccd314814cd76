// https://docs.cermati.com/reference/application-event-notification
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  const { trxId, updatedAt } = JSON.parse(body)
  return { 'Cermati-Signature': 'v1=' + createHmac('sha256', secret).update(trxId + updatedAt).digest('hex') }
}
