// https://github.com/hookdeck/webhook-skills/blob/HEAD/skills/fusionauth-webhooks/references/verification.md
import { createHash, createHmac } from 'node:crypto'

const encoded = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')

export function sign({ body, secret }) {
  const hash = createHash('sha256').update(body).digest('base64')
  const signed = `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded({ request_body_sha256: hash })}`
  return { 'X-FusionAuth-Signature-JWT': `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}` }
}
