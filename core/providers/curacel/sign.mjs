// https://docs.curacel.co/docs/signature-validation
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'x-curacel-signature': createHmac('sha256', secret).update(body).digest('hex') }
}
