// https://docs.kasko.io/kasko-api-documentation/webhooks/webhooks: 'sha1=' . hash_hmac('sha1', $payload, $endpoint_secret)
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'X-KASKO-Signature': 'sha1=' + createHmac('sha1', secret).update(body).digest('hex') }
}
