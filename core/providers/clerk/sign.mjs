// https://github.com/clerk/javascript/blob/main/packages/backend/src/webhooks.ts: by Svix.
import { createHmac } from 'node:crypto'

export function sign({ body, secret, header }) {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const content = `${header('svix-id')}.${header('svix-timestamp')}.${body}`
  return { 'svix-signature': 'v1,' + createHmac('sha256', key).update(content).digest('base64') }
}
