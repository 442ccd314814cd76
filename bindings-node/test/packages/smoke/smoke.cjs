// Run where the packages were installed: node smoke.cjs sample.json
'use strict'

const assert = require('node:assert/strict')
const { readFileSync } = require('node:fs')
const { HooksealError, Webhook } = require('hookseal')
const { webhookHandler } = require('hookseal/aws-lambda')
const { version } = require('hookseal/package.json')

const { provider, secrets, headers, body, expect } = JSON.parse(readFileSync(process.argv[2], 'utf8'))

const webhook = new Webhook(provider, secrets)
assert.equal(webhook.verify(body, headers).id, expect.event.id)
assert.throws(() => webhook.verify(body + ' ', headers), (error) => error instanceof HooksealError && error.httpStatus === 401)
assert.equal(typeof webhookHandler, 'function')
assert.match(version, /^\d/)

console.log('CommonJS works')
