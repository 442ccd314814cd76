// https://github.com/TryGhost/Ghost/blob/main/ghost/core/core/server/services/webhooks/WebhookTrigger.js
import { createHmac } from 'node:crypto'

export function sign({ body, secret, now }) {
  const time = now * 1000
  const signature = createHmac('sha256', secret).update(`${body}${time}`).digest('hex')
  return { 'X-Ghost-Signature': `sha256=${signature}, t=${time}` }
}
