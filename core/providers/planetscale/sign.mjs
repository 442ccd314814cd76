// https://planetscale.com/docs/concepts/webhooks
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'X-PlanetScale-Signature': createHmac('sha256', secret).update(body).digest('hex') }
}
