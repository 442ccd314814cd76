// https://github.com/Shopify/shopify-api-php/blob/HEAD/tests/Webhooks/RegistryTest.php
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'X-Shopify-Hmac-Sha256': createHmac('sha256', secret).update(body).digest('base64') }
}
