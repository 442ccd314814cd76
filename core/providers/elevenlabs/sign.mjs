// https://github.com/elevenlabs/elevenlabs-js/blob/HEAD/src/wrapper/webhooks.ts
import { createHmac } from 'node:crypto'

export function sign({ body, secret, now }) {
  const time = now
  const signature = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')
  return { 'ElevenLabs-Signature': `t=${time},v0=${signature}` }
}
