// https://docs.covergenius.com/xclaim-api-partner-docs/webhooks/verifying-signatures
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'XClaim-Signature': 'sha256=' + createHmac('sha256', secret).update(body).digest('hex') }
}
