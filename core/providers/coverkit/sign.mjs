// The documentation does not say how CoverKit signs. A sample with a time is signed in the form that has one.
import { createHmac } from 'node:crypto'

const hmac = (secret, content) => createHmac('sha256', secret).update(content).digest('hex')

export function sign({ body, secret, now }) {
  const signature = now === undefined ? `sha256=${hmac(secret, body)}` : `t=${now},v1=${hmac(secret, `${now}.${body}`)}`
  return { 'coverkit-signature': signature }
}
