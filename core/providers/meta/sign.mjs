// https://github.com/WhatsApp/WhatsApp-Nodejs-SDK/blob/HEAD/src/api/webhooks.ts
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'X-Hub-Signature-256': 'sha256=' + createHmac('sha256', secret).update(body).digest('hex') }
}
