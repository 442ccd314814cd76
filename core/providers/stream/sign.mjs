// https://github.com/GetStream/stream-chat-python/blob/HEAD/docs/webhooks/webhooks_overview/webhooks_overview.md
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'X-Signature': createHmac('sha256', secret).update(body).digest('hex') }
}
