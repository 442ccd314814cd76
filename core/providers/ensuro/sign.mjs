// https://docs.ensuro.co/ensuro-docs/offchain-apis/api-reference/dynamic-pricing-api
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'X-Ensuro-Signature': createHmac('sha256', secret).update(body).digest('hex') }
}
