// https://docs.covergenius.com/xcover/webhooks
import { createHmac } from 'node:crypto'

export function sign({ secret, header }) {
  const digest = createHmac('sha256', secret).update(`date: ${header('date')}`).digest('base64')
  const signature = encodeURIComponent(digest)
  return { Authorization: `Signature keyId="partner",algorithm="hmac-sha256",signature="${signature}"` }
}
