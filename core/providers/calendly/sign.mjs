// https://developer.calendly.com/api-docs/overview/webhooks/webhook-signatures
import { createHmac } from 'node:crypto'

export function sign({ body, secret, now }) {
  return { 'Calendly-Webhook-Signature': `t=${now},v1=` + createHmac('sha256', secret).update(`${now}.${body}`).digest('hex') }
}
