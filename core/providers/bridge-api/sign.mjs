// https://docs.bridgeapi.io/docs/secure-your-webhooks
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'BridgeApi-Signature': 'v1=' + createHmac('sha256', secret).update(body).digest('hex').toUpperCase() }
}
