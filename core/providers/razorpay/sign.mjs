// https://github.com/razorpay/razorpay-node/blob/HEAD/test/utils/razorpay-utils.spec.js
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'X-Razorpay-Signature': createHmac('sha256', secret).update(body).digest('hex') }
}
