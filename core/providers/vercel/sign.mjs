// https://github.com/vercel/example-marketplace-integration/blob/HEAD/app/webhook/route.ts
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'x-vercel-signature': createHmac('sha1', secret).update(body).digest('hex') }
}
