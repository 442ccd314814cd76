// https://docs.noyo.com/docs/introduction/webhooks/webhook-verification: the JavaScript there.
import { createHmac } from 'node:crypto'

export function sign({ body, secret, header }) {
  const content = `${header('x-noyo-timestamp')}.${body}`
  return { 'x-noyo-signature': createHmac('sha256', secret).update(content).digest('hex') }
}
