// https://github.com/linear/linear/blob/HEAD/packages/sdk/src/webhooks/client.ts
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'linear-signature': createHmac('sha256', secret).update(body).digest('hex') }
}
