// https://dev.frontapp.com/docs/application-webhooks
import { createHmac } from 'node:crypto'

export function sign({ body, secret, header }) {
  return { 'X-Front-Signature': createHmac('sha256', secret).update(header('X-Front-Request-Timestamp') + ':' + body).digest('base64') }
}
