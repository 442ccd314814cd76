// https://buildkite.com/docs/apis/webhooks/pipelines
import { createHmac } from 'node:crypto'

export function sign({ body, secret, now }) {
  const time = now
  const signature = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')
  return { 'X-Buildkite-Signature': `timestamp=${time},signature=${signature}` }
}
