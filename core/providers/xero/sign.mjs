// https://developer.xero.com/documentation/webhooks/configuring-your-server
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'x-xero-signature': createHmac('sha256', secret).update(body).digest('base64') }
}
