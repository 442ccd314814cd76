// https://www.typeform.com/developers/webhooks/secure-your-webhooks/
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'Typeform-Signature': 'sha256=' + createHmac('sha256', secret).update(body).digest('base64') }
}
