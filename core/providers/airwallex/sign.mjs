// https://www.airwallex.com/docs/developer-tools__listen-for-webhook-events
import { createHmac } from 'node:crypto'

export function sign({ body, secret, header }) {
  return { 'x-signature': createHmac('sha256', secret).update(header('x-timestamp') + body).digest('hex') }
}
