// https://github.com/checkr/embeds-reference-integration/blob/HEAD/routes/oauth.js
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'X-Checkr-Signature': createHmac('sha256', secret).update(body).digest('hex') }
}
