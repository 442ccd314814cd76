// https://docs.covergenius.com/rentalcover/webhook/hmac-verification
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'X-Signature': createHmac('sha256', secret).update(body).digest('hex') }
}
