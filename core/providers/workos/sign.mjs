// https://github.com/workos/workos-node/blob/HEAD/src/common/crypto/signature-provider.ts
import { createHmac } from 'node:crypto'

export function sign({ body, secret, now }) {
  const time = now * 1000
  const signature = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')
  return { 'WorkOS-Signature': `t=${time}, v1=${signature}` }
}
