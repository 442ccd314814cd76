// https://github.com/mollie/mollie-api-php/blob/HEAD/src/Webhooks/SignatureValidator.php
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'X-Mollie-Signature': 'sha256=' + createHmac('sha256', secret).update(body).digest('hex') }
}
