'use strict'

/** What callers may hand in, and what they are told of the rest. */

const assert = require('node:assert/strict')
const { Readable } = require('node:stream')
const { test } = require('node:test')

const { HooksealError, MalformedHeaderError, MissingHeaderError, SignatureMismatchError, Webhook } = require('hookseal')

const kasko = new Webhook('kasko', 'whsec_inputs')
const text = '{"policy_id":"P-1","name":"Zoë ✓"}'
const body = Buffer.from(text)
const signed = kasko.sign(body, { type: 'policy.created', id: 'd-1' })
const signature = signed['X-KASKO-Signature']

function verifies(body, headers, message) {
  const event = kasko.verify(body, headers)
  assert.deepEqual([event.type, event.id, event.data.policy_id], ['policy.created', 'd-1', 'P-1'], message)
}

test('a body is bytes or text, however they are held', () => {
  const buffer = body.buffer.slice(body.byteOffset, body.byteOffset + body.length)
  const padded = new Uint8Array(body.length + 7)
  padded.set(body, 5)
  const bodies = {
    Buffer: body,
    Uint8Array: new Uint8Array(body),
    'a part of a buffer': padded.subarray(5, 5 + body.length),
    ArrayBuffer: buffer,
    DataView: new DataView(padded.buffer, 5, body.length),
    string: text,
    'another realm': require('node:vm').runInNewContext('new Uint8Array(bytes)', { bytes: [...body] })
  }
  for (const [name, body] of Object.entries(bodies)) verifies(body, signed, name)
})

test('a body whose memory cannot be relied on is refused', () => {
  const detached = new Uint8Array(body)
  structuredClone(detached.buffer, { transfer: [detached.buffer] })
  const shared = new Uint8Array(new SharedArrayBuffer(body.length))
  shared.set(body)
  const refused = [
    [detached, /detached/],
    [detached.buffer, /detached/],
    [shared, /shared memory/],
    [shared.buffer, /shared memory/],
    [new DataView(shared.buffer), /shared memory/],
    [new Proxy(body, {}), /a Proxy/],
    [new Uint16Array(4), /Uint16Array/],
    [new Float64Array(4), /Float64Array/],
    [new Uint8ClampedArray(4), /Uint8ClampedArray/]
  ]
  if ('resize' in ArrayBuffer.prototype) {
    const resizable = new Uint8Array(new ArrayBuffer(body.length, { maxByteLength: 64 }))
    refused.push([resizable, /resizable/], [resizable.buffer, /resizable/])
  }
  for (const [body, message] of refused) {
    assert.throws(() => kasko.verify(body, signed), (error) => error instanceof TypeError && message.test(error.message))
    assert.throws(() => kasko.sign(body, { type: 'a' }), TypeError)
  }
})

test('an empty body is none of these', () => {
  for (const empty of ['', Buffer.alloc(0), new ArrayBuffer(0), new Uint8Array(0)]) {
    assert.throws(() => kasko.verify(empty, signed), SignatureMismatchError)
  }
})

test('a parsed body is refused with what to do about it', () => {
  for (const parsed of [JSON.parse(text), [1], null, undefined, 7, true, () => {}]) {
    assert.throws(
      () => kasko.verify(parsed, signed),
      (error) => error instanceof TypeError && ['express.raw', 'Next.js', 'Fastify', 'Nest'].every((word) => error.message.includes(word))
    )
  }
})

test('a parsed body will do where its ECMAScript form is what is signed', () => {
  const mycover = new Webhook('mycover', 'MCASECK|49939d32-f649-4de4-ab35-51060ca292f9')
  const parsed = { event: 'policy.updated', data: { name: 'Zoë', created_at: '2026-03-01T12:30:45Z' } }
  const event = mycover.verify(parsed, mycover.sign(parsed))
  assert.equal(event.type, 'policy.updated')
  assert.deepEqual(event.data, parsed.data)
  assert.equal(event.body.toString(), JSON.stringify(parsed))
  assert.throws(() => mycover.verify({ ...parsed, event: 'claim.approved' }, mycover.sign(parsed)), SignatureMismatchError)
  assert.throws(() => mycover.verify(new Proxy(parsed, {}), mycover.sign(parsed)), TypeError)
  assert.throws(() => mycover.verify(undefined, mycover.sign(parsed)), TypeError)
})

test('headers are whatever a handler has', () => {
  const lower = Object.fromEntries(Object.entries(signed).map(([name, value]) => [name.toLowerCase(), value]))
  const cgi = Object.fromEntries(
    Object.entries(signed).map(([name, value]) => [`HTTP_${name.toUpperCase().replaceAll('-', '_')}`, value])
  )
  const given = {
    'as signed': signed,
    'req.headers': { host: 'example.com', ...lower, 'content-length': undefined, cookie: null },
    'without a prototype': Object.assign(Object.create(null), lower),
    lists: Object.fromEntries(Object.entries(lower).map(([name, value]) => [name, [value]])),
    Headers: new Headers(signed),
    Map: new Map(Object.entries(signed)),
    pairs: Object.entries(signed),
    'pairs from a generator': (function* () {
      yield* Object.entries(signed)
    })(),
    rawHeaders: ['Host', 'example.com', ...Object.entries(signed).flat()],
    cgi,
    'the same value twice': { ...signed, ...lower },
    'a Proxy': new Proxy(lower, {})
  }
  for (const [name, headers] of Object.entries(given)) verifies(body, headers, name)
})

test('a string is the signature', () => {
  const claimport = new Webhook('claimport', 'whsec_inputs')
  const delivery = '{"type":"claim.created","id":"c-1"}'
  assert.equal(claimport.verify(delivery, claimport.sign(delivery)['X-ClaimPort-Signature']).id, 'c-1')
  assert.throws(() => claimport.verify(delivery, 'sha256=' + '0'.repeat(64)), SignatureMismatchError)
  assert.throws(() => claimport.verify(delivery, ''), MalformedHeaderError)
})

test('a header that is absent, or there twice, is said to be', () => {
  const { 'X-KASKO-Signature': _, ...unsigned } = signed
  for (const headers of [unsigned, {}, [], new Headers(), { ...unsigned, 'x-kasko-signature': undefined }]) {
    assert.throws(() => kasko.verify(body, headers), MissingHeaderError)
  }
  const other = signature.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
  for (const headers of [{ ...signed, 'x-kasko-signature': other }, { ...signed, 'X-KASKO-Signature': [signature, other] }]) {
    assert.throws(() => kasko.verify(body, headers), MalformedHeaderError)
  }
})

test('a header with two values is refused, whatever holds them, and the same one twice is one', () => {
  const names = { 'X-KASKO-Signature': signature.replace(/.$/, (last) => (last === '0' ? '1' : '0')), 'X-KASKO-Event': 'policy.cancelled', 'X-KASKO-Delivery': 'd-2' }
  const pairs = Object.entries(signed)
  const containers = {
    'an object, in two cases': (name, value) => ({ ...signed, [name.toLowerCase()]: value }),
    'an object, lower case first': (name, value) => ({ [name.toLowerCase()]: value, ...signed }),
    'an object, as CGI has it too': (name, value) => ({ ...signed, [`HTTP_${name.toUpperCase().replaceAll('-', '_')}`]: value }),
    'an object of lists': (name, value) => ({ ...signed, [name]: [signed[name], value] }),
    'an object without a prototype': (name, value) => Object.assign(Object.create(null), signed, { [name.toUpperCase()]: value }),
    'what node:http makes of it': (name, value) => ({ ...lowerCase(signed), [name.toLowerCase()]: `${signed[name]}, ${value}` }),
    Headers: (name, value) => new Headers([...pairs, [name, value]]),
    'a class of Headers': (name, value) => new (class extends Headers {})([...pairs, [name.toLowerCase(), value]]),
    Map: (name, value) => new Map([...pairs, [name.toLowerCase(), value]]),
    pairs: (name, value) => [...pairs, [name, value]],
    'pairs of lists': (name, value) => pairs.map(([other, own]) => [other, other === name ? [own, value] : own]),
    rawHeaders: (name, value) => [...pairs, [name, value]].flat()
  }
  let refused = 0
  for (const [container, make] of Object.entries(containers)) {
    for (const [name, value] of Object.entries(names)) {
      assert.throws(() => kasko.verify(body, make(name, value)), { code: 'malformed_header' }, `${container}: ${name}`)
      refused += 1
      // Joined, two equal signatures are no signature.
      if (name === 'X-KASKO-Signature' && /Headers|node:http/.test(container)) continue
      verifies(body, make(name, signed[name]), `${container}: ${name}`)
    }
  }
  assert.equal(refused, 36)
})

function lowerCase(headers) {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

test('many headers are found in a Headers object, too', () => {
  const standard = new Webhook('standard-webhooks', `whsec_${Buffer.alloc(24, 1).toString('base64')}`)
  const delivery = '{"type":"a","data":{}}'
  const headers = standard.sign(delivery)
  assert.equal(standard.verify(delivery, new Headers(headers)).type, 'a')
  const svix = Object.entries(headers).map(([name, value]) => [name.replace('webhook-', 'svix-'), value])
  assert.equal(standard.verify(delivery, new Headers(svix)).type, 'a')
})

test('a scheme may read many headers', () => {
  const header = Array.from({ length: 40 }, (_, number) => `x-signature-${number}`)
  const scheme = {
    name: 'many',
    signature: { header, algorithm: 'hmac-sha256', encoding: 'hex', content: '{body}' },
    event: { type: { header: 'x-type' } }
  }
  const webhook = new Webhook('many', 'secret', { scheme })
  const { 'x-signature-0': signature } = webhook.sign('{}', { type: 'a' })
  for (const name of header) assert.equal(webhook.verify('{}', { [name]: signature, 'X-Type': name }).type, name)
  // Each request may have a type of its own.
  for (let number = 0; number < 200; number += 1) {
    assert.equal(webhook.verify('{}', { 'x-signature-39': signature, 'x-type': `type-${number % 150}` }).type, `type-${number % 150}`)
  }
})

test('headers that a prototype has are not the request\'s', () => {
  const polluted = Object.create({ 'x-kasko-signature': signature })
  assert.throws(() => kasko.verify(body, Object.assign(polluted, { 'x-kasko-event': 'a' })), MissingHeaderError)
})

test('no headers are a missing header', () => {
  for (const headers of [undefined, null, {}, [], new Headers(), new Map(), { 'X-KASKO-Signature': undefined }]) {
    assert.throws(() => kasko.verify(body, headers), { name: 'MissingHeaderError', code: 'missing_header', httpStatus: 401 })
  }
})

const pending = {
  'a Promise': [Promise.resolve(body), Promise.resolve(signed), /not a Promise: await it/, /not a Promise: await it/],
  'what is like a Promise': [{ then() {} }, { then() {} }, /await it/, /await it/],
  'a stream of Node': [Readable.from([body]), Readable.from([body]), /not a stream: read it/, /not a stream: read it/],
  'a stream': [new Blob([body]).stream(), new Blob([body]).stream(), /not a stream: read it/, /not a stream: read it/],
  'a Request': [
    new Request('http://localhost/', { method: 'POST', body, headers: signed }),
    new Request('http://localhost/', { method: 'POST', body, headers: signed }),
    /not a Request: read it/,
    /pass its `headers`/
  ],
  'a Blob': [new Blob([body]), new Blob([body]), /not a Blob: read it/, /not a Blob: read it/],
  'an asynchronous function': [(async function* () {})(), (async function* () {})(), /read it/, /read it/]
}

for (const [name, [bodyGiven, headersGiven, bodyMessage, headersMessage]] of Object.entries(pending)) {
  test(`${name} has to be awaited or read first`, () => {
    for (const webhook of [kasko, new Webhook('mycover', 'MCASECK|inputs')]) {
      for (const call of [() => webhook.verify(bodyGiven, signed), () => webhook.explain(bodyGiven, signed), () => webhook.sign(bodyGiven, { type: 'a' })]) {
        assert.throws(call, { name: 'TypeError', message: bodyMessage })
      }
      for (const call of [() => webhook.verify(body, headersGiven), () => webhook.explain(body, headersGiven)]) {
        assert.throws(call, { name: 'TypeError', message: headersMessage })
      }
    }
  })
}

test('a Promise of a secret or a scheme has to be awaited', () => {
  assert.throws(() => new Webhook('kasko', Promise.resolve('s')), { name: 'TypeError', message: /not a Promise: await it$/ })
  assert.throws(() => new Webhook('own', 's', { scheme: Promise.resolve({}) }), { name: 'TypeError', message: /not a Promise: await it$/ })
})

test('what is no parsed body is none where a parsed body will do', () => {
  const mycover = new Webhook('mycover', 'MCASECK|inputs')
  for (const wrong of [new Map(), new Set(), new URLSearchParams('a=1'), new FormData(), new Date(), Object('text'), { toJSON: () => undefined }]) {
    assert.throws(() => mycover.verify(wrong, mycover.sign('{}')), TypeError)
  }
})

test('options are own properties of theirs, and none that there is not', () => {
  const stripe = new Webhook('stripe', 'secret')
  const old = stripe.sign('{"id":"evt_1"}', { timestamp: 1000 })
  const polluted = { tolerance: 1e12, now: 1000, scheme: { name: 'stripe' }, type: 'polluted', id: 'polluted', secrets: 7, timestamp: 5, constants: 7, origin: 7, acceptUnsigned: 7, method: 7, url: 7, headers: 7 }
  Object.assign(Object.prototype, polluted)
  try {
    for (const options of [undefined, {}, null]) {
      assert.throws(() => new Webhook('stripe', 'secret', options).verify('{"id":"evt_1"}', old, options), { code: 'timestamp_out_of_tolerance' })
      assert.equal(stripe.explain('{"id":"evt_1"}', old, options).error, 'timestamp_out_of_tolerance')
      assert.throws(() => kasko.sign('{}', options), { code: 'missing_header' })
    }
  } finally {
    for (const name of Object.keys(polluted)) delete Object.prototype[name]
  }
  for (const call of [
    () => new Webhook('stripe', 'secret', { tolerence: 1 }),
    () => stripe.verify('{}', old, { at: 1 }),
    () => stripe.sign('{}', { time: 1 }),
    () => stripe.explain('{}', old, { secret: 's' })
  ]) {
    assert.throws(call, { name: 'TypeError', message: /there is no option/ })
  }
  for (const options of [7, 'text', true]) assert.throws(() => stripe.verify('{}', old, options), TypeError)
})

test('the method, the address and constants are texts', () => {
  for (const value of [7, true, {}, ['POST'], Promise.resolve('POST')]) {
    for (const name of ['method', 'url']) {
      for (const call of ['verify', 'explain']) {
        assert.throws(() => kasko[call](body, signed, { [name]: value }), { name: 'TypeError', message: new RegExp(`^${name} must be a string`) })
      }
      assert.throws(() => kasko.sign(body, { [name]: value }), { name: 'TypeError', message: new RegExp(`^${name} must be a string`) })
    }
    assert.throws(() => new Webhook('kasko', 's', { origin: value }), { name: 'TypeError', message: /^origin must be a string/ })
    assert.throws(() => new Webhook('kasko', 's', { constants: { url: value } }), { name: 'TypeError', message: /^the constant "url" must be a string/ })
  }
  for (const constants of [7, 'text', [['url', 'x']], new Promise(() => {})]) {
    assert.throws(() => new Webhook('kasko', 's', { constants }), { name: 'TypeError', message: /^the constants must be an object/ })
  }
  for (const acceptUnsigned of [1, 'true', {}]) {
    assert.throws(() => new Webhook('kasko', 's', { acceptUnsigned }), { name: 'TypeError', message: /^acceptUnsigned must be true or false/ })
  }
  assert.throws(() => kasko.sign(body, { headers: 'sha1=00' }), { name: 'TypeError', message: /must have names/ })
  // What a scheme does not sign may be passed all the same, and half a surrogate pair is no text.
  for (const url of ['/webhooks', '\ud800', '']) {
    assert.equal(kasko.verify(body, signed, { method: 'POST', url }).id, 'd-1')
    assert.throws(() => kasko.verify(body, signature, { url }), { code: 'missing_header', message: /X-KASKO-Event/ })
  }
})

test('what cannot be headers is a TypeError', () => {
  for (const headers of [7, true, () => {}, [['a']], [['a', 'b', 'c']], [7, 8], ['a'], [[1, 'b']], new Set(['ab'])]) {
    assert.throws(() => kasko.verify(body, headers), TypeError, String(headers))
  }
  for (const value of [7, {}, true, Symbol('a'), Buffer.from(signature), [[signature]], [7]]) {
    assert.throws(() => kasko.verify(body, { ...signed, 'X-KASKO-Signature': value }), TypeError)
  }
})

test('a signature is compared whole, not by the low bytes of its characters', () => {
  for (const shift of [0x100, 0x400, 0xff00]) {
    for (const index of [0, 4, 5, 12, signature.length - 1]) {
      const shifted =
        signature.slice(0, index) + String.fromCharCode(signature.charCodeAt(index) + shift) + signature.slice(index + 1)
      assert.throws(() => kasko.verify(body, { ...signed, 'X-KASKO-Signature': shifted }), MalformedHeaderError)
    }
  }
  const shifted = { ...signed, 'X-KASKO-Event': String.fromCharCode(0x170) + 'olicy.created' }
  assert.throws(() => kasko.verify(body, shifted), MalformedHeaderError)
  const name = { ...signed, [String.fromCharCode(0x158) + '-KASKO-Signature']: 'sha1=' }
  verifies(body, name)
})

test('long and hostile header values are only malformed', () => {
  for (const value of ['a'.repeat(300), 'ü'.repeat(5000), '\0', '\ud800', 'sha1=' + '😀'.repeat(100), ' ' + signature]) {
    assert.throws(() => kasko.verify(body, { ...signed, 'X-KASKO-Signature': value }), MalformedHeaderError)
  }
  const type = 't'.repeat(5000)
  assert.equal(kasko.verify(body, kasko.sign(body, { type })).type, type)
})

test('the time of verification and the tolerance can be chosen', () => {
  const at = (options) => new Webhook('stripe', 'whsec_inputs', options)
  const timestamp = new Date('2026-03-01T12:00:00Z')
  const headers = at().sign('{}', { timestamp })
  assert.equal(at().verify('{}', headers, { now: timestamp }).keyIndex, 0)
  assert.equal(at().verify('{}', headers, { now: timestamp.getTime() + 300_000 }).keyIndex, 0)
  assert.throws(() => at().verify('{}', headers, { now: timestamp.getTime() + 300_001 }), { code: 'timestamp_out_of_tolerance' })
  assert.throws(() => at().verify('{}', headers), { code: 'timestamp_out_of_tolerance' })
  assert.equal(at({ tolerance: Infinity }).verify('{}', headers).keyIndex, 0)
  assert.throws(() => at({ tolerance: 1 }).verify('{}', headers, { now: timestamp.getTime() + 1001 }), HooksealError)
  for (const tolerance of [-1, NaN]) assert.throws(() => at({ tolerance }), RangeError)
  for (const tolerance of ['5', {}, 5n]) assert.throws(() => at({ tolerance }), TypeError)
  for (const now of ['2026', {}]) assert.throws(() => at().verify('{}', headers, { now }), TypeError)
  for (const now of [NaN, Infinity, new Date(NaN)]) assert.throws(() => at().verify('{}', headers, { now }), RangeError)
})

test('secrets are text or bytes', () => {
  const bytes = new Webhook('kasko', Buffer.from('whsec_inputs'))
  assert.equal(bytes.verify(body, signed).keyIndex, 0)
  const rotated = new Webhook('kasko', ['whsec_other', new Uint8Array(Buffer.from('whsec_inputs'))])
  assert.equal(rotated.verify(body, signed).keyIndex, 1)
  for (const secret of [undefined, null, 7, {}, [undefined], [[]]]) assert.throws(() => new Webhook('kasko', secret), TypeError)
  const beyondLatin1 = new Webhook('kasko', 'é€𝄞')
  assert.equal(new Webhook('kasko', Buffer.from('é€𝄞')).verify(body, beyondLatin1.sign(body, { type: 'a' })).keyIndex, 0)
  for (const secret of ['', ' ', '"quoted"', 'line\n', [], Buffer.alloc(0), '\ud800secret', ['good', 'secret\udfff']]) {
    assert.throws(() => new Webhook('kasko', secret), { code: 'invalid_secret', name: 'ConfigurationError' })
  }
})

test('a key of few bytes is warned of, and the scheme can be asked for', () => {
  const webhook = new Webhook('standard-webhooks', 'whsec_MTIz')
  assert.equal(webhook.warnings.length, 1)
  assert.match(webhook.warnings[0], /3 bytes/)
  assert.doesNotMatch(webhook.warnings[0], /MTIz/)
  assert.ok(Object.isFrozen(webhook.warnings))
  assert.equal(webhook.scheme.title, 'Standard Webhooks')
  assert.deepEqual(new Webhook(webhook.scheme, 'whsec_MTIz').provider, 'standard-webhooks')
})
