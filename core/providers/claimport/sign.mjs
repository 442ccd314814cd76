// https://claimport.io/help/api/webhooks: the code there makes the hex, the header there has `sha256=` before it.
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'X-ClaimPort-Signature': 'sha256=' + createHmac('sha256', secret).update(body).digest('hex') }
}
