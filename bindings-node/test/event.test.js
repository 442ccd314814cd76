'use strict'

/** What an event, a scheme and an error are, beyond what the vectors tell. */

const assert = require('node:assert/strict')
const { createHmac } = require('node:crypto')
const { test } = require('node:test')
const { inspect } = require('node:util')
const v8 = require('node:v8')

const hookseal = require('hookseal')
const { Event, HooksealError, Scheme, VerificationError, Webhook, providers } = hookseal
const binding = require('../lib/binding')

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
  const kasko = new Webhook('kasko', 'secret')
  const body = '{"livemode":false}'
  const about = kasko.verify(body, kasko.sign(body, { type: 'policy.created' }))
  const found = [event({ type: 'webhook.test' }), about, event({ type: 'claim.created' })]
  assert.deepEqual(found.map((event) => [event.test, event.check]), [[true, true], [true, false], [false, false]])
})

test('only verify makes an event', () => {
  assert.throws(() => new Event(), TypeError)
  assert.throws(() => new Event(Symbol('verified'), {}, '{}'), TypeError)
})

test('the bytes that a handler writes to change nothing that the event says', () => {
  const kasko = new Webhook('kasko', 'secret')
  const text = '{"policy_id":"P-1","name":"Ann"}'
  const body = Buffer.from(text)
  const headers = kasko.sign(body, { type: 'policy.created' })
  const { dedupeKey } = kasko.verify(text, headers)
  for (const write of [(found) => found.body.fill(0), () => body.fill(0), (found) => found.body.swap16()]) {
    body.write(text)
    const found = kasko.verify(body, headers)
    write(found)
    assert.deepEqual([found.body.toString(), found.dedupeKey, found.data, found.envelope], [text, dedupeKey, JSON.parse(text), JSON.parse(text)])
  }
})

test('the envelope is all that was signed', () => {
  const stripe = new Webhook('stripe', 'secret')
  const body = '{"id":"evt_1","type":"a","account":"acct_1","data":{"name":"Zoë €"}}'
  const found = stripe.verify(body, stripe.sign(body))
  assert.deepEqual(found.envelope, JSON.parse(body))
  assert.equal(found.envelope, found.envelope)
})

test('an event is serialised with all that it says, as in every language', () => {
  const content = { type: 'webhook.test', id: 'c-1', timestamp: '2026-03-01T12:30:45.1239Z', data: { name: 'Zoë', big: 9007199254740993n } }
  const body = JSON.stringify(content, (_, value) => (typeof value === 'bigint' ? Number(value) : value))
  const found = event(body)
  const expected = {
    provider: 'claimport',
    type: 'webhook.test',
    id: 'c-1',
    created_at: '2026-03-01T12:30:45.1239Z',
    test: true,
    check: true,
    data: { name: 'Zoë', big: 9007199254740992 },
    unsigned: [],
    key_index: 0,
    dedupe_key: 'claimport:c-1'
  }
  assert.equal(JSON.stringify(found), JSON.stringify(expected))
  assert.deepEqual(found.toJSON(), expected)
  const coverkit = new Webhook('coverkit', 'secret')
  const none = coverkit.verify('{"type":"a"}', coverkit.sign('{"type":"a"}'))
  assert.deepEqual([none.toJSON().created_at, 'data' in none.toJSON(), none.toJSON().id], [null, false, null])
  for (const time of ['1969-12-31T23:59:59.999999999Z', '1969-12-31T23:59:59Z', '2026-01-02T03:04:05.000001Z', '0001-01-01T00:00:00.5Z', '9999-12-31T23:59:59.12Z']) {
    assert.equal(event({ type: 'a', timestamp: time }).toJSON().created_at, time)
  }
})

test('what copies an event without what it holds fails', () => {
  const found = event({ type: 'claim.created', id: 'c-1', data: { n: 1 } })
  assert.throws(() => structuredClone(found), (error) => error.name === 'DataCloneError' && error.message.includes('event.toJSON()'))
  assert.throws(() => v8.serialize(found), /could not be cloned/)
  for (const copy of [{ ...found }, Object.assign({}, found)]) {
    assert.throws(() => JSON.stringify(copy), { name: 'TypeError', message: /a copy of an event/ })
  }
  assert.deepEqual(structuredClone(found.toJSON()), found.toJSON())
})

test('nothing that is printed holds personal data or secrets', () => {
  const found = event({ type: 'claim.created', id: 'c-1', data: { name: 'Adébáyọ̀' } })
  found.data
  found.envelope
  for (const shown of [inspect(found, { depth: 9, showHidden: true }), inspect({ found }), String(found)]) {
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

test('what does not match says what finds out why', () => {
  const forged = { 'X-ClaimPort-Signature': `sha256=${'0'.repeat(64)}` }
  assert.throws(() => claimport.verify('{}', forged), { code: 'signature_mismatch', message: /`webhook\.explain\(body, headers\)`/ })
  assert.throws(() => claimport.verify('', forged), { code: 'signature_mismatch', message: /the body is empty/ })
})

test('every code of the core has a class, and its type is declared', () => {
  const { errorOf } = require('../lib/errors')
  const declared = require('node:fs').readFileSync(require.resolve('../index.d.ts'), 'utf8')
  const codes = binding.errorCodes()
  assert.equal(codes.length, 9)
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
  assert.deepEqual([scheme.name, scheme.title, scheme.unsigned], ['coverkit', 'coverkit', []])
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
  for (const wrong of [undefined, null, 7, [], Promise.resolve(description)]) assert.throws(() => new Scheme(wrong), TypeError)
  assert.throws(() => new Scheme({ toJSON: () => undefined }), { name: 'TypeError', message: /toJSON that gives nothing/ })
  assert.throws(() => new Webhook(scheme, 's', { scheme }), { name: 'TypeError', message: /given twice/ })
  for (const wrong of [undefined, null, 7, {}]) assert.throws(() => new Webhook(wrong, 's'), TypeError)
})

test('the scheme of a known provider stands for its name', () => {
  const kasko = Scheme.provider('kasko')
  assert.deepEqual([kasko.name, kasko.title, kasko.unsigned], ['kasko', 'KASKO', ['type', 'id']])
  const headers = new Webhook('kasko', 's').sign('{}', { type: 'a' })
  assert.equal(new Webhook(kasko, 's').verify('{}', headers).type, 'a')
  assert.throws(() => Scheme.provider('kaskoo'), { name: 'ConfigurationError', code: 'unknown_provider' })
  assert.throws(() => Scheme.provider(), TypeError)
})

test('the names of a header are compared without case', () => {
  const signature = { header: 'X-Sig', algorithm: 'hmac-sha256', encoding: 'hex', content: '{id}.{body}' }
  const scheme = {
    name: 'own',
    signature,
    id: { header: 'X-Event-Id' },
    event: { type: { header: 'X-Event' }, id: { header: 'x-event-id' }, created_at: { header: 'X-EVENT' } }
  }
  const body = '{"a":1}'
  const digest = createHmac('sha256', 'k').update(`evt_1.${body}`).digest('hex')
  const headers = { 'X-Sig': digest, 'X-Event-Id': 'evt_1', 'X-Event': '2025-01-01T00:00:00Z' }
  const found = new Webhook('own', 'k', { scheme }).verify(body, headers)
  assert.deepEqual([found.type, found.id, found.createdAt.getTime()], ['2025-01-01T00:00:00Z', 'evt_1', Date.UTC(2025, 0)])
  const forms = { name: 'own', signature: [{ ...signature, content: '{body}', prefix: 'a=' }, { ...signature, header: 'x-sig', content: '{body}', prefix: 'b=' }], event: { type: { pointer: '/a' }, type_required: false } }
  const second = createHmac('sha256', 'k').update(body).digest('hex')
  for (const prefix of ['a=', 'b=']) assert.equal(new Webhook('own', 'k', { scheme: forms }).verify(body, { 'x-SIG': prefix + second }).keyIndex, 0)
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
