// https://github.com/calcom/cal.com/blob/main/packages/features/webhooks/lib/sendPayload.ts
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'X-Cal-Signature-256': createHmac('sha256', secret).update(body).digest('hex') }
}
