// https://docs.herondata.io/webhooks
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'Heron-Signature': createHmac('sha256', secret).update(body).digest('base64') }
}
