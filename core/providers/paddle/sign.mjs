// https://github.com/PaddleHQ/paddle-node-sdk/blob/HEAD/src/__tests__/notifications/webhooks-validator.node.test.ts
import { createHmac } from 'node:crypto'

export function sign({ body, secret, now }) {
  const time = now
  const signature = createHmac('sha256', secret).update(`${time}:${body}`).digest('hex')
  return { 'Paddle-Signature': `ts=${time};h1=${signature}` }
}
