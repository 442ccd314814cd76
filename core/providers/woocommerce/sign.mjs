// https://github.com/woocommerce/woocommerce/blob/trunk/plugins/woocommerce/includes/class-wc-webhook.php
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'X-WC-Webhook-Signature': createHmac('sha256', secret).update(body).digest('base64') }
}
