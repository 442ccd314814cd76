// https://github.com/muxinc/mux-node-sdk/blob/HEAD/src/resources/webhooks/webhooks.ts
import { createHmac } from 'node:crypto'

export function sign({ body, secret, now }) {
  const time = now
  const signature = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')
  return { 'Mux-Signature': `t=${time},v1=${signature}` }
}
