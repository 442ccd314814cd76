// https://claimscan.io/en/docs/webhooks
import { createHmac } from 'node:crypto'

export function sign({ body, secret, now }) {
  const time = now
  const signature = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')
  return { 'X-Claimscan-Signature': `t=${time},v1=${signature}` }
}
