// https://docs.mycover.ai/services/webhooks/preliminary: the Node code, where `req.body` is the parsed body.
import { createHmac } from 'node:crypto'

export const authenticated = (body) => JSON.stringify(JSON.parse(body))

export function sign({ body, secret }) {
  return { 'x-mycoverai-signature': createHmac('sha512', secret).update(authenticated(body)).digest('hex') }
}
