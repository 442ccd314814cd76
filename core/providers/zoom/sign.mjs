// https://github.com/zoom/webhook-sample/blob/HEAD/index.js
import { createHmac } from 'node:crypto'

export function sign({ body, secret, header }) {
  const content = `v0:${header('x-zm-request-timestamp')}:${body}`
  return { 'x-zm-signature': 'v0=' + createHmac('sha256', secret).update(content).digest('hex') }
}
