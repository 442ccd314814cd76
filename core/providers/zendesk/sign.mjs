// https://developer.zendesk.com/documentation/webhooks/verifying/
import { createHmac } from 'node:crypto'

export function sign({ body, secret, header }) {
  const content = `${header('x-zendesk-webhook-signature-timestamp')}${body}`
  return { 'X-Zendesk-Webhook-Signature': createHmac('sha256', secret).update(content).digest('base64') }
}
