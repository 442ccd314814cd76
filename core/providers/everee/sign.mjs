// https://developer.everee.com/docs/authenticating-events
import { createHmac } from 'node:crypto'

export function sign({ body, secret, header }) {
  return { 'x-everee-webhook-signature': 'v1=' + createHmac('sha256', secret).update(header('x-everee-webhook-timestamp') + '.' + body).digest('hex') }
}
