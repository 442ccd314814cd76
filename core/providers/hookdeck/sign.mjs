// https://github.com/hookdeck/webhook-skills/blob/HEAD/skills/hookdeck-event-gateway-webhooks/references/verification.md
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'x-hookdeck-signature': createHmac('sha256', secret).update(body).digest('base64') }
}
