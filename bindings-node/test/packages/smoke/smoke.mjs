// Run where the packages were installed: node smoke.mjs sample.json
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import hookseal, { HooksealError, SignatureMismatchError, Webhook } from 'hookseal'
import { webhookHandler as lambda } from 'hookseal/aws-lambda'
import { keepRawBody, webhookHandler as express, webhookMiddleware } from 'hookseal/express'
import { webhookRoute } from 'hookseal/fastify'
import { webhookHandler } from 'hookseal/fetch'

const { provider, secrets, headers, body, expect } = JSON.parse(readFileSync(process.argv[2], 'utf8'))

const webhook = new Webhook(provider, secrets)
const event = webhook.verify(Buffer.from(body), headers)
assert.equal(event.type, expect.event.type)
assert.deepEqual(event.data, expect.event.data)
assert.equal(event.dedupeKey, expect.event.dedupe_key)
assert.throws(() => webhook.verify(body + ' ', headers), SignatureMismatchError)
assert.equal(hookseal.Webhook, Webhook)

// One module, however it is loaded.
const require = createRequire(import.meta.url)
assert.equal(require('hookseal').HooksealError, HooksealError)
assert.equal(require('hookseal/fetch').webhookHandler, webhookHandler)

const receive = webhookHandler(webhook, ({ type }) => Response.json(type), { logger: { warn() {} } })
const post = (body) => receive(new Request('http://localhost/', { method: 'POST', headers, body }))
assert.equal(await (await post(body)).json(), expect.event.type)
assert.equal((await post('{}')).status, 401)

for (const adapter of [lambda, keepRawBody, express, webhookMiddleware, webhookRoute]) {
  assert.equal(typeof adapter, 'function')
}
// Its framework is not installed here.
assert.throws(() => require('hookseal/nest'), /@nestjs\/common/)
await assert.rejects(import('hookseal/lib/webhook.js'))

console.log('ESM works')
