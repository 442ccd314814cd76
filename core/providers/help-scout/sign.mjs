// https://github.com/helpscout/helpscout-api-php/blob/HEAD/src/Webhooks/IncomingWebhook.php
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'X-HelpScout-Signature': createHmac('sha1', secret).update(body).digest('base64') }
}
