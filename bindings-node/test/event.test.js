'use strict'

/** What an event, a scheme and an error are, beyond what the vectors tell. */

const assert = require('node:assert/strict')
const { test } = require('node:test')
const { inspect } = require('node:util')

const hookseal = require('hookseal')
const { Event, HooksealError, Scheme, VerificationError, Webhook, providers } = hookseal
const binding = require('../native.js')

const claimport = new Webhook('claimport', 'whsec_event')

function event(content) {
  const body = typeof content === 'string' ? content : JSON.stringify(content)
  return claimport.verify(body, claimport.sign(body))
}

test('an event has its fields, and they stay as they are', () => {
  const found = event({ type: 'claim.created', id: 'c-1', timestamp: '2026-03-01T12:30:45.1239Z', data: { n: 1 } })
  assert.ok(found instanceof Event)
  assert.deepEqual(
    [found.provider, found.type, found.id, found.createdAt.toISOString(), found.test, found.unsigned, found.keyIndex],
    ['claimport', 'claim.created', 'c-1', '2026-03-01T12:30:45.123Z', false, [], 0]
  )
  assert.equal(found.dedupeKey, 'claimport:c-1')
  assert.ok(Object.isFrozen(found) && Object.isFrozen(found.unsigned))
  for (const name of ['type', 'data', 'extra']) {
    assert.throws(() => {
      found[name] = 'other'
    }, TypeError)
  }
  found.createdAt.setTime(0)
  assert.equal(found.createdAt.toISOString(), '2026-03-01T12:30:45.123Z')
})

test('data is parsed once, from what was authenticated', () => {
  const body = Buffer.from('{"type":"claim.created","id":"c-1","data":{"name":"Zoë","n":1}}')
  const found = claimport.verify(body, claimport.sign(body))
  const kept = Buffer.from(body)
  body.fill(0x20)
  assert.deepEqual(found.data, { name: 'Zoë', n: 1 })
  assert.equal(found.data, found.data)
  assert.deepEqual(found.body, kept)
})

test('data is found beside text of any kind', () => {
  for (const before of ['', 'plain', 'Zoë', 'ŵ'.repeat(40), '😀', 'a'.repeat(31) + 'é', 'ÿ'.repeat(100), '–'.repeat(33) + 'a'.repeat(70)]) {
    for (const inside of ['', 'x', 'é', '語'.repeat(50), '😀😀', 'a'.repeat(64) + 'ü']) {
      const content = { before, id: before || 'none', type: 'claim.created', data: { inside }, after: inside }
      const found = event(content)
      assert.deepEqual([found.data, found.id], [content.data, content.id])
      assert.equal(found.body.toString(), JSON.stringify(content))
    }
  }
})

test('a string stands for its UTF-8', () => {
  for (const filler of ['', 'a'.repeat(15), 'é', 'a'.repeat(14) + '😀', 'a'.repeat(15) + '😀', '語'.repeat(40), '\u007f\u0080\u07ff\u0800\uffff']) {
    for (const text of [`{"type":"claim.created","id":"${filler}x","data":{"${filler}":"${filler}"}}`]) {
      const [whole, bytes] = [text, Buffer.from(text)].map((body) => claimport.verify(body, claimport.sign(Buffer.from(text))))
      assert.deepEqual([whole.data, whole.id, whole.body], [bytes.data, bytes.id, bytes.body])
    }
  }
  // Half a surrogate pair has no UTF-8: what is verified has U+FFFD there, and so has the event.
  for (const half of ['\ud800', '\udc00', 'a'.repeat(15) + '\ud83d', '\ude00\ud83d']) {
    const text = `{"type":"claim.created","data":"${half}"}`
    const found = claimport.verify(text, claimport.sign(Buffer.from(text)))
    assert.equal(found.data, half.replace(/[\ud800-\udfff]/g, '\ufffd'))
    assert.deepEqual(found.body, Buffer.from(text))
  }
})

test('data is what JSON.parse gives', () => {
  const found = event('{"type":"claim.created","data":{"__proto__":{"admin":true},"n":1e400,"half":"\\ud800","a":1,"a":2}}')
  assert.deepEqual(Object.keys(found.data), ['__proto__', 'n', 'half', 'a'])
  assert.equal(found.data.admin, undefined)
  assert.deepEqual([found.data.n, found.data.half, found.data.a], [Infinity, '\ufffd', 2])
})

test('no data is undefined, null is null', () => {
  const coverkit = new Webhook('coverkit', 'whsec_event')
  for (const [body, data] of [['{"type":"a"}', undefined], ['{"type":"a","data":null}', null]]) {
    assert.equal(coverkit.verify(body, coverkit.sign(body)).data, data)
  }
})

test('a body that is not JSON is kept as bytes', () => {
  const scheme = {
    name: 'bytes',
    signature: { header: 'x-signature', algorithm: 'hmac-sha256', encoding: 'hex', content: '{body}' },
    payload: { format: 'bytes' },
    event: { type: { header: 'x-type' }, type_required: false }
  }
  const webhook = new Webhook('bytes', 'secret', { scheme })
  const body = Buffer.from([0xff, 0, 0x80])
  const found = webhook.verify(body, webhook.sign(body))
  body.fill(0)
  assert.deepEqual([[...found.body], found.data], [[0xff, 0, 0x80], undefined])
  assert.match(found.dedupeKey, /^bytes::[0-9a-f]{64}$/)
})

test('a check of the endpoint is told from an event about test data', () => {
  const check = Symbol.for('hookseal.check')
  const kasko = new Webhook('kasko', 'secret')
  const body = '{"livemode":false}'
  const about = kasko.verify(body, kasko.sign(body, { type: 'policy.created' }))
  const found = [event({ type: 'webhook.test' }), about, event({ type: 'claim.created' })]
  assert.deepEqual(found.map((event) => [event.test, event[check]]), [[true, true], [true, false], [false, false]])
})

test('only verify makes an event', () => {
  assert.throws(() => new Event(), TypeError)
  assert.throws(() => new Event(Symbol('verified'), {}, '{}'), TypeError)
})

test('nothing that is logged holds personal data or secrets', () => {
  const found = event({ type: 'claim.created', id: 'c-1', data: { name: 'Adébáyọ̀' } })
  found.data
  for (const shown of [inspect(found, { depth: 9, showHidden: true }), JSON.stringify(found), String(found)]) {
    assert.ok(!shown.includes('Adé'), shown)
  }
  assert.equal(inspect(found), "Event { provider: 'claimport', type: 'claim.created', id: 'c-1' }")
  assert.ok(!inspect(claimport, { depth: 9, showHidden: true }).includes('whsec_event'))
})

test('an error has a class, a code and a status', () => {
  assert.throws(
    () => claimport.verify('{}', {}),
    (error) => {
      assert.ok(error instanceof VerificationError && error instanceof HooksealError && error instanceof Error)
      assert.deepEqual([error.name, error.code, error.httpStatus], ['MissingHeaderError', 'missing_header', 401])
      assert.match(error.stack, /^MissingHeaderError: the header/)
      return true
    }
  )
  assert.throws(() => new Webhook('kaskoo', 's'), { name: 'ConfigurationError', code: 'unknown_provider', httpStatus: 500 })
})

test('every code of the core has a class, and its type is declared', () => {
  const { errorOf } = require('../lib/errors')
  const declared = require('node:fs').readFileSync(require.resolve('../index.d.ts'), 'utf8')
  const codes = binding.errorCodes()
  assert.equal(codes.length, 8)
  for (const { code, httpStatus } of codes) {
    const error = errorOf(code, 'message')
    assert.notEqual(error.constructor, HooksealError, code)
    assert.equal(error.httpStatus, httpStatus)
    assert.ok(declared.includes(`  | '${code}'\n`), code)
  }
})

test('a scheme of one\'s own replaces the provider\'s or stands for itself', () => {
  const description = {
    name: 'coverkit',
    signature: { header: 'x-own', algorithm: 'hmac-sha512', encoding: 'base64', content: '{body}' },
    event: { type: { pointer: '/kind' } }
  }
  const body = '{"kind":"a"}'
  const toml = 'name = "coverkit"\nsignature = { header = "x-own", algorithm = "hmac-sha512", encoding = "base64", content = "{body}" }\nevent = { type = { pointer = "/kind" } }\n'
  const scheme = new Scheme(description)
  assert.equal(scheme.name, 'coverkit')
  const made = [
    new Webhook('coverkit', 's', { scheme: description }),
    new Webhook('coverkit', 's', { scheme }),
    new Webhook('coverkit', 's', { scheme: toml }),
    new Webhook(scheme, 's'),
    new Webhook(new Scheme(JSON.stringify(description)), 's')
  ]
  for (const webhook of made) {
    assert.equal(webhook.provider, 'coverkit')
    assert.equal(webhook.verify(body, made[0].sign(body)).type, 'a')
  }
  // The name may be a secret, if the arguments are the wrong way round.
  for (const name of ['kasko', 'COVERKIT', 'whsec_1b6f2ae8d0444a349cc1f4c8', '']) {
    assert.throws(
      () => new Webhook(name, 's', { scheme }),
      (error) => error.code === 'invalid_scheme' && error.message.includes('`coverkit`') && (name === '' || !error.message.includes(name))
    )
  }
  assert.throws(() => new Scheme({ name: 'x' }), { code: 'invalid_scheme' })
  for (const wrong of [undefined, null, 7, []]) assert.throws(() => new Scheme(wrong), TypeError)
  for (const wrong of [undefined, null, 7, {}]) assert.throws(() => new Webhook(wrong, 's'), TypeError)
})

test('sign says what it cannot do', () => {
  const kasko = new Webhook('kasko', 's')
  assert.throws(() => kasko.sign('{}'), { code: 'missing_header' })
  assert.throws(() => kasko.sign('{}', { type: 'a\nb' }), { code: 'malformed_header' })
  assert.throws(() => kasko.sign('{}', { type: 7 }), TypeError)
  assert.throws(() => kasko.sign({}, { type: 'a' }), TypeError)
  assert.deepEqual(Object.getPrototypeOf(kasko.sign('{}', { type: 'a' })), Object.prototype)
})

test('ESM and CommonJS have the same classes', async () => {
  const esm = await import('hookseal')
  assert.deepEqual(Object.keys(esm).filter((name) => name !== 'default').sort(), Object.keys(hookseal).sort())
  for (const [name, value] of Object.entries(hookseal)) assert.equal(esm[name], value)
  assert.equal(esm.default, hookseal)
})

test('methods need their object', () => {
  for (const method of [Webhook.prototype.verify, Webhook.prototype.sign]) {
    assert.throws(() => method.call({}, '{}', {}), TypeError)
  }
  assert.ok(Object.isFrozen(providers) && providers.includes('kasko'))
})
