// https://airtable.com/developers/web/api/webhooks-overview
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'X-Airtable-Content-MAC': 'hmac-sha256=' + createHmac('sha256', Buffer.from(secret, 'base64')).update(body).digest('hex') }
}
