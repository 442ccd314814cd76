// https://developer.nylas.com/docs/cookbook/use-cases/build/verify-webhook-signatures/
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'X-Nylas-Signature': createHmac('sha256', secret).update(body).digest('hex') }
}
