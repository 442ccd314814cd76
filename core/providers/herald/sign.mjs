// https://heraldapi.com/docs/webhooks: a hash of the secret and the stringified body.
import { createHash } from 'node:crypto'

export const authenticated = (body) => JSON.stringify(JSON.parse(body))

export function sign({ body, secret }) {
  return { 'x-herald-signature': createHash('sha256').update(secret).update(authenticated(body)).digest('hex') }
}
