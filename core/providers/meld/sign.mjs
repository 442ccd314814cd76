// https://docs.meld.io/docs/stablecoins/for-all-products/webhooks-authentication
import { createHmac } from 'node:crypto'

export function sign({ body, secret, header, constants }) {
  const signed = [header('Meld-Signature-Timestamp'), constants.webhook_url, body].join('.')
  const digest = createHmac('sha256', secret).update(signed).digest('base64')
  return { 'Meld-Signature': digest.replaceAll('+', '-').replaceAll('/', '_') }
}
