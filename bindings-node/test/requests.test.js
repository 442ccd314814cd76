'use strict'

/** Senders that sign more than the body, or less: each signature is made here by Node's own crypto. */

const assert = require('node:assert/strict')
const { createHmac } = require('node:crypto')
const { test } = require('node:test')

const { ConfigurationError, Scheme, Webhook } = require('hookseal')

const SECRET = 'a secret of the sender'
const BODY = '{"type":"policy.created","id":"e1"}'
const event = { type: { pointer: '/type' }, id: { pointer: '/id' } }
const scheme = (signature, more) => new Scheme({ name: 'sender', signature: { header: 'X-Signature', ...signature }, event, ...more })
const keyed = { algorithm: 'hmac-sha256', encoding: 'base64' }
const digest = (content) => createHmac('sha256', SECRET).update(content).digest('base64')

const request = scheme({ ...keyed, content: '{method}\n{url}\n{header:X-Tenant}\n{body}' })
const url = 'https://hooks.example.com/in?a=1&b=%C3%A9'
const headers = { 'x-signature': digest(`POST\n${url}\nacme\n${BODY}`), 'X-TENANT': 'acme' }

test('the method, the address and headers are signed', () => {
  assert.equal(request.signsRequest, true)
  assert.deepEqual([request.weaknesses, request.unsigned, request.constants], [[], [], {}])
  const webhook = new Webhook(request, SECRET)
  const verified = webhook.verify(BODY, headers, { method: 'post', url })
  assert.deepEqual([verified.id, verified.unsigned], ['e1', []])
  assert.equal(webhook.verify(Buffer.from(BODY), new Headers(headers), { method: 'POST', url }).type, 'policy.created')
  for (const other of [{ method: 'PUT', url }, { method: 'POST', url: `${url}&c=1` }, { method: 'POST', url: url.replace('https', 'http') }]) {
    assert.throws(() => webhook.verify(BODY, headers, other), { name: 'SignatureMismatchError' })
  }
  assert.throws(() => webhook.verify(BODY, { ...headers, 'X-TENANT': 'other' }, { method: 'POST', url }), { code: 'signature_mismatch' })
  for (const absent of [undefined, {}, { url }, { method: 'POST' }, { method: 'POST', url: '/in?a=1' }]) {
    assert.throws(() => webhook.verify(BODY, headers, absent), (error) => {
      assert.ok(error instanceof ConfigurationError)
      assert.deepEqual([error.code, error.httpStatus], ['missing_request', 500])
      return true
    })
  }
  assert.equal(webhook.explain(BODY, headers, { method: 'POST', url }).verifies, true)
  assert.equal(webhook.explain(BODY, headers).error, 'missing_request')
})

test('an origin stands for what a proxy has made of it', () => {
  const webhook = new Webhook(request, SECRET, { origin: 'https://hooks.example.com/' })
  for (const seen of [url, '/in?a=1&b=%C3%A9', 'http://10.0.0.7:8080/in?a=1&b=%C3%A9']) {
    assert.equal(webhook.verify(BODY, headers, { method: 'POST', url: seen }).id, 'e1')
  }
  for (const origin of ['hooks.example.com', 'https://hooks.example.com/in', '']) {
    assert.throws(() => new Webhook(request, SECRET, { origin }), { code: 'invalid_scheme', message: /origin/ })
  }
  assert.throws(() => new Webhook('kasko', SECRET, { origin: 'https://hooks.example.com' }), { code: 'invalid_scheme', message: /signs no address/ })
})

test('sign makes what the sender would', () => {
  const webhook = new Webhook(request, SECRET)
  for (const others of [{ 'X-Tenant': 'acme' }, new Headers({ 'x-tenant': 'acme' }), [['X-Tenant', 'acme']], ['X-Tenant', 'acme']]) {
    assert.deepEqual(webhook.sign(BODY, { method: 'POST', url, headers: others }), { 'X-Signature': headers['x-signature'] })
  }
  assert.throws(() => webhook.sign(BODY, { method: 'POST', headers: { 'X-Tenant': 'acme' } }), { code: 'missing_request' })
  assert.throws(() => webhook.sign(BODY, { method: 'POST', url }), { code: 'missing_header' })
})

test('the signature alone will do beside the address', () => {
  const path = new Webhook(scheme({ ...keyed, content: '{path}\n{body}' }), SECRET)
  const signature = digest(`/in\n${BODY}`)
  assert.equal(path.verify(BODY, signature, { url }).id, 'e1')
  assert.throws(() => path.verify(BODY, signature, { url: '/other' }), { code: 'signature_mismatch' })
  assert.equal(path.explain(BODY, signature, { url: '/in' }).verifies, true)
})

test('a scheme may read no header at all', () => {
  const inBody = new Scheme({ name: 'sender', signature: { pointer: '/token', algorithm: 'token', weakness: 'token' }, event })
  const webhook = new Webhook(inBody, SECRET, { acceptUnsigned: true })
  const body = JSON.stringify({ ...JSON.parse(BODY), token: SECRET })
  for (const headers of [undefined, null, {}, { host: 'a.example' }, new Headers({ host: 'a.example' }), [['Host', 'a.example']], ['Host', 'a.example']]) {
    assert.equal(webhook.verify(body, headers).id, 'e1')
    assert.equal(webhook.verify(body, headers, { method: 'POST', url }).id, 'e1')
    assert.throws(() => webhook.verify(BODY, headers), { code: 'missing_header', message: /the body has no signature/ })
    assert.equal(webhook.explain(body, headers).verifies, true)
  }
  assert.throws(() => webhook.sign(body), { code: 'invalid_scheme' })
})

test('a constant is given by the receiver', () => {
  const meaning = 'the URL that is registered for the notifications'
  const registered = scheme({ ...keyed, content: '{constant:notification_url}{body}' }, { constants: { notification_url: meaning } })
  assert.deepEqual(registered.constants, { notification_url: meaning })
  assert.equal(registered.signsRequest, false)
  const webhook = new Webhook(registered, SECRET, { constants: { notification_url: url } })
  assert.equal(webhook.verify(BODY, digest(url + BODY)).id, 'e1')
  for (const constants of [undefined, null, {}, { notification_url: '' }, { notification_url: url, other: 'x' }]) {
    assert.throws(() => new Webhook(registered, SECRET, { constants }), { code: 'invalid_scheme', message: /constant/ })
  }
})

test('what signs less than the body takes an explicit word', () => {
  const token = scheme({ algorithm: 'token', weakness: 'token' })
  assert.deepEqual([token.weaknesses, token.unsigned], [['token'], ['type', 'id', 'body']])
  assert.ok(Object.isFrozen(token.weaknesses) && Object.isFrozen(token.constants))
  for (const options of [undefined, { acceptUnsigned: false }, { acceptUnsigned: undefined }]) {
    assert.throws(() => new Webhook(token, SECRET, options), { code: 'invalid_scheme', message: /`acceptUnsigned: true`/ })
  }
  assert.throws(() => new Webhook('kasko', SECRET, { acceptUnsigned: true }), { code: 'invalid_scheme' })
  const webhook = new Webhook(token, SECRET, { acceptUnsigned: true })
  const accepted = webhook.verify(BODY, webhook.sign(BODY))
  assert.deepEqual(accepted.unsigned, ['type', 'id', 'body'])
  assert.deepEqual(JSON.parse(JSON.stringify(accepted)).unsigned, ['type', 'id', 'body'])
  assert.throws(() => webhook.verify(BODY, `${SECRET}x`), { code: 'signature_mismatch' })
})
