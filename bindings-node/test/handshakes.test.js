'use strict'

/** Senders that first ask whether the endpoint is the receiver's. */

const assert = require('node:assert/strict')
const fs = require('node:fs')
const path = require('node:path')
const { test } = require('node:test')

const { ConfigurationError, PayloadError, Scheme, Webhook } = require('hookseal')
const { CHALLENGE, SECRET, digest, meta, slack } = require('./askers.js')
const { root } = require('./vectors')

/** How many documented and hostile questions there are. */
const CASES = 79

test('a signed question is verified first', () => {
  const webhook = new Webhook(new Scheme(slack.scheme), SECRET)
  assert.equal(webhook.scheme.hasHandshake, true)
  const { question, delivery } = slack
  const signed = slack.sign(question)
  const answer = { contentType: 'text/plain', body: CHALLENGE }
  for (const body of [question, Buffer.from(question), new DataView(new TextEncoder().encode(question).buffer)]) {
    assert.deepEqual(webhook.handshake(body, signed), answer)
    assert.deepEqual(webhook.handshake(body, signed, { method: 'POST', url: '/slack' }), answer)
  }
  for (const headers of [new Headers(signed), Object.entries(signed), Object.entries(signed).flat(), new Map(Object.entries(signed))]) {
    assert.deepEqual(webhook.handshake(question, headers), answer)
  }
  assert.throws(() => webhook.handshake(question, slack.sign('{}')), { name: 'SignatureMismatchError', httpStatus: 401 })
  for (const headers of [undefined, null, {}]) assert.throws(() => webhook.handshake(question, headers), { name: 'MissingHeaderError' })
  assert.throws(() => webhook.handshake(question, slack.sign(question, 1_600_000_000)), { name: 'TimestampError' })
  for (const other of [delivery, 'no JSON', '', '[]']) assert.equal(webhook.handshake(other, slack.sign(other)), null)
  assert.equal(webhook.handshake(question, signed, { method: 'GET', url: '/slack' }), null)
  const hostile = question.replace(CHALLENGE, '<script>')
  assert.throws(() => webhook.handshake(hostile, slack.sign(hostile)), (error) => {
    assert.ok(error instanceof PayloadError)
    assert.deepEqual([error.code, error.httpStatus], ['invalid_payload', 400])
    assert.ok(!error.message.includes('script'))
    return true
  })
  assert.equal(webhook.verify(delivery, slack.sign(delivery)).id, 'Ev08')
})

test('questions are answered as documented', () => {
  const { cases } = JSON.parse(fs.readFileSync(path.join(root, 'tests/handshakes/cases.json'), 'utf8'))
  for (const one of cases) {
    const { accept_unsigned: acceptUnsigned, constants } = one.options ?? {}
    const webhook = new Webhook(one.provider, one.secrets, { acceptUnsigned, constants, tolerance: one.tolerance })
    assert.deepEqual(answered(webhook, one), one.expect, one.name)
  }
  assert.equal(cases.length, CASES)
})

function answered(webhook, { body, headers, request }) {
  try {
    const answer = webhook.handshake(body, headers, request)
    return { answer: answer && { content_type: answer.contentType, body: answer.body } }
  } catch (error) {
    return { error: error.code }
  }
}

test('a question in the address is answered', () => {
  const webhook = new Webhook(new Scheme(meta.scheme), SECRET, meta.options)
  const ask = (own, url) => own.handshake('', {}, { method: 'GET', url })
  for (const before of ['https://www.example.com/webhooks', '/webhooks']) {
    assert.deepEqual(ask(webhook, before + meta.query('meatyhamhock')), { contentType: 'text/plain', body: '1158201444' })
  }
  for (const token of ['Meatyhamhock', '']) {
    assert.throws(() => ask(webhook, `/webhooks${meta.query(token)}`), { name: 'SignatureMismatchError' })
  }
  for (const url of ['/webhooks', undefined]) assert.equal(ask(webhook, url), null)
  assert.equal(webhook.handshake('{}', {}, { method: 'POST', url: meta.query('meatyhamhock') }), null)
  assert.equal(webhook.handshake(meta.delivery, meta.sign(meta.delivery)), null)
  const without = new Webhook(new Scheme(meta.scheme), SECRET)
  assert.throws(() => ask(without, meta.query('meatyhamhock')), (error) => {
    assert.ok(error instanceof ConfigurationError)
    return error.httpStatus === 500 && /`verify_token`/.test(error.message)
  })
  assert.equal(without.verify(meta.delivery, meta.sign(meta.delivery)).type, 'page')
})

test('an answer may hold the challenge signed', () => {
  const zoom = new Scheme({
    ...slack.scheme,
    name: 'zoom-like',
    handshake: [
      {
        when: { pointer: '/event', equals: 'endpoint.url_validation' },
        challenge: { pointer: '/payload/plainToken' },
        mac: { algorithm: 'hmac-sha256', encoding: 'hex' },
        json: { plainToken: '{challenge}', encryptedToken: '{mac}' }
      }
    ]
  })
  const plainToken = 'qgg8vlvZRS6UYooatFL8Aw'
  const body = JSON.stringify({ payload: { plainToken }, event_ts: 1654503849680, event: 'endpoint.url_validation' })
  const answer = new Webhook(zoom, SECRET).handshake(body, slack.sign(body))
  assert.equal(answer.contentType, 'application/json')
  assert.deepEqual(JSON.parse(answer.body), { plainToken, encryptedToken: digest(plainToken) })
})

test('a scheme without a handshake has none', () => {
  const webhook = new Webhook('kasko', SECRET)
  assert.equal(webhook.scheme.hasHandshake, false)
  assert.equal(webhook.handshake(slack.question, slack.sign(slack.question)), null)
})

test('arguments of another type are refused as by verify', () => {
  const webhook = new Webhook(new Scheme(slack.scheme), SECRET)
  const { question } = slack
  assert.throws(() => webhook.handshake(JSON.parse(question), {}), { name: 'TypeError', message: /raw bytes/ })
  assert.throws(() => webhook.handshake(Promise.resolve(question), {}), { name: 'TypeError', message: /await it/ })
  assert.throws(() => webhook.handshake(question, 7), { name: 'TypeError', message: /headers/ })
  assert.throws(() => webhook.handshake(question, { headers: slack.sign(question) }), { name: 'TypeError', message: /not the request/ })
  assert.throws(() => webhook.handshake(question, {}, { url: 7 }), { name: 'TypeError', message: /url must be a string/ })
  assert.throws(() => webhook.handshake(question, {}, { now: 7 }), { name: 'TypeError', message: /no option "now"/ })
  assert.throws(() => webhook.handshake(question, slack.sign(question)['X-Slack-Signature']), { code: 'missing_header' })
})
