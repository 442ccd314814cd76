// https://docs.x.com/x-api/webhooks/quickstart
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'x-twitter-webhooks-signature': 'sha256=' + createHmac('sha256', secret).update(body).digest('base64') }
}
