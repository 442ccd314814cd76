// https://docs.verticalinsure.com/webhooks
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'VerticalInsure-Signature': createHmac('sha256', secret).update(body).digest('hex') }
}
