// https://github.com/lmsqueezy/nextjs-billing/blob/HEAD/src/app/api/webhook/route.ts
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'X-Signature': createHmac('sha256', secret).update(body).digest('hex') }
}
