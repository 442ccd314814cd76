// https://portal.itscovered.com/docs/lenders-api/api-reference/webhooks
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'X-Covered-Signature-1': createHmac('sha256', secret).update(body).digest('hex') }
}
