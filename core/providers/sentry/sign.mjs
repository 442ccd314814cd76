// https://github.com/getsentry/integration-platform-example/blob/HEAD/backend-py/src/api/middleware/verify_sentry_signature.py
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'Sentry-Hook-Signature': createHmac('sha256', secret).update(body).digest('hex') }
}
