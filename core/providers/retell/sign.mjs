// https://github.com/RetellAI/retell-python-sdk/blob/HEAD/src/retell/lib/webhook_auth.py
import { createHmac } from 'node:crypto'

export function sign({ body, secret, now }) {
  const time = now * 1000
  const signature = createHmac('sha256', secret).update(`${body}${time}`).digest('hex')
  return { 'X-Retell-Signature': `v=${time},d=${signature}` }
}
