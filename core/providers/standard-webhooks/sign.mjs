// https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
import { createHmac } from 'node:crypto'

export function sign({ body, secret, header }) {
  const family = header('svix-id') === undefined ? 'webhook' : 'svix'
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const content = `${header(`${family}-id`)}.${header(`${family}-timestamp`)}.${body}`
  return { [`${family}-signature`]: 'v1,' + createHmac('sha256', key).update(content).digest('base64') }
}
