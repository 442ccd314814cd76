// https://docs.withpersona.com/docs/webhooks-best-practices
import { createHmac } from 'node:crypto'

export function sign({ body, secret, now }) {
  return { 'Persona-Signature': `t=${now},v1=` + createHmac('sha256', secret).update(`${now}.${body}`).digest('hex') }
}
