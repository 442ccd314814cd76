// https://github.com/webflow/js-webflow-api/blob/HEAD/src/wrapper/WebhooksClient.ts
import { createHmac } from 'node:crypto'

export function sign({ body, secret, header }) {
  const content = `${header('x-webflow-timestamp')}:${body}`
  return { 'x-webflow-signature': createHmac('sha256', secret).update(content).digest('hex') }
}
