// https://www.myumbrella.ai/docs/webhooks-api
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'X-Umbrella-Signature': createHmac('sha256', secret).update(body).digest('hex') }
}
