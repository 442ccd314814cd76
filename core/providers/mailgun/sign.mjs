// https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks
//
// The signature stands in the body: what stands there is checked.
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  const { token, timestamp, signature } = JSON.parse(body).signature
  if (createHmac('sha256', secret).update(timestamp + token).digest('hex') !== signature) throw new Error('the signature in the body is wrong')
  return {}
}
