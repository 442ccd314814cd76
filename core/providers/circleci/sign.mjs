// https://circleci.com/docs/guides/integration/outbound-webhooks/
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'circleci-signature': 'v1=' + createHmac('sha256', secret).update(body).digest('hex') }
}
