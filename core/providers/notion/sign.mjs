// https://github.com/makenotion/notion-sdk-js/blob/HEAD/src/webhooks.ts
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'X-Notion-Signature': 'sha256=' + createHmac('sha256', secret).update(body).digest('hex') }
}
