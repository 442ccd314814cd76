// https://docs.hikoala.co/partner-api/guides/webhooks
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'Koala-Signature': createHmac('sha256', secret).update(body).digest('hex') }
}
