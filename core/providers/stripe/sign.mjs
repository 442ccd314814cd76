// https://docs.stripe.com/webhooks/signatures
import { createHmac } from 'node:crypto'

export function sign({ body, secret, now }) {
  const signature = createHmac('sha256', secret).update(`${now}.${body}`).digest('hex')
  return { 'Stripe-Signature': `t=${now},v1=${signature}` }
}
