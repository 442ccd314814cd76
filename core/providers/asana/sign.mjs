// https://github.com/Asana/devrel-examples/blob/HEAD/javascript/webhooks-nodejs/index.js
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'X-Hook-Signature': createHmac('sha256', secret).update(body).digest('hex') }
}
