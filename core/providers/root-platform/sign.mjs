// https://docs.rootplatform.com/reference/webhooks
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'X-Hook-Signature': createHmac('sha1', secret).update(body).digest('hex') }
}
