// https://github.com/PaystackOSS/doc-code-snippets/blob/HEAD/dist/doc/payments/webhooks/verifying-transaction.js
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'x-paystack-signature': createHmac('sha512', secret).update(body).digest('hex') }
}
