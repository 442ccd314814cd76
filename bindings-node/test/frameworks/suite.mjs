// What every adapter must do, told by a real client.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { check, deliver, deliverEndless, deliverPart, genuine, memory, sample, signed, until, webhookFor } from './kit.mjs'

const TYPES = ['application/json', 'application/json; charset=utf-8', 'application/vnd.x+json', 'text/plain']

const LONG = JSON.stringify({ long: '-'.repeat(2 * 1024 * 1024) })

/**
 * `start(t, { webhook, options, handle })` serves the webhook until the test ends and gives its address; the
 * handler calls `handle(event)` and answers with 204. Frameworks differ in what they answer to `get`, and in whether
 * the adapter itself `reads` the body.
 */
export function adapterSuite(name, start, { get = 405, reads = true, endless = reads, types = TYPES } = {}) {
  async function serving(t, delivery, options) {
    const logger = memory()
    const events = []
    const handle = (event) => void events.push(event)
    const url = await start(t, { webhook: webhookFor(delivery), options: { logger, ...options }, handle })
    return { url, logger, events }
  }

  const refuses = async (t, delivery, init, expected, options) => {
    const { url, logger, events } = await serving(t, delivery, options)
    const { status, text, headers } = await deliver(url, delivery, init)
    assert.equal(status, expected.status)
    assert.match(headers.get('content-type'), /^application\/json/)
    assert.deepEqual(JSON.parse(text), { error: expected.error })
    assert.deepEqual(events, [])
    assert.equal(logger.lines.length, 1)
    assert.ok(logger.lines[0].startsWith('warn hookseal: delivery refused: ' + expected.error))
    assert.ok(!logger.lines[0].includes(delivery.secret))
  }

  const run = (label, body) => test(`${name}: ${label}`, { timeout: 300_000 }, body)

  run('a genuine delivery reaches the handler', async (t) => {
    const { url, logger, events } = await serving(t, genuine)
    const { status, text } = await deliver(url, genuine)
    assert.deepEqual([status, text], [204, ''])
    assert.equal(events.length, 1)
    assert.equal(events[0].type, genuine.event.type)
    assert.equal(events[0].id, genuine.event.id)
    assert.deepEqual(events[0].data, JSON.parse(genuine.body))
    assert.deepEqual(logger.lines, [])
  })

  run('every byte of the body counts, whatever content type it has', async (t) => {
    const spaced = signed(`{ "livemode" : true,\r\n "first_name":"J\u00fcrgen\\u0041" }\n`)
    const { url, events } = await serving(t, genuine)
    for (const type of types) {
      const { status } = await deliver(url, spaced, { headers: { 'content-type': type } })
      assert.equal(status, 204, type)
    }
    assert.equal(events.length, types.length)
    assert.deepEqual(events[0].data, { livemode: true, first_name: 'J\u00fcrgenA' })
    assert.equal(Buffer.from(events[0].body).toString(), spaced.body)
  })

  run('a forged delivery is answered with 401', (t) =>
    refuses(t, genuine, { body: genuine.body.replace('1999', '1') }, { status: 401, error: 'signature_mismatch' }))

  run('a delivery without a signature is answered with 401', (t) => {
    const { 'X-KASKO-Signature': _, ...headers } = genuine.headers
    return refuses(t, { ...genuine, headers }, {}, { status: 401, error: 'missing_header' })
  })

  run('a signature of another form is answered with 401', (t) =>
    refuses(t, genuine, { headers: { 'X-KASKO-Signature': 'sha1=xyz' } }, { status: 401, error: 'malformed_header' }))

  run('an authentic body that is no event is answered with 400', (t) =>
    refuses(t, signed('[1]'), {}, { status: 400, error: 'invalid_payload' }))

  run('an empty body is refused', async (t) => {
    const { url, events } = await serving(t, genuine)
    const { status } = await deliver(url, genuine, { body: '' })
    assert.ok(status === 401 || status === 400, `${status}`)
    assert.deepEqual(events, [])
  })

  run('a body as long as the limit passes', async (t) => {
    const { url, events } = await serving(t, genuine, { maxBody: Buffer.byteLength(genuine.body) })
    assert.equal((await deliver(url, genuine)).status, 204)
    assert.equal(events.length, 1)
  })

  run('a body that announces to be too long is answered with 413', async (t) => {
    const { url, events } = await serving(t, genuine)
    const { status, text } = await deliver(url, genuine, { body: LONG })
    assert.deepEqual([status, JSON.parse(text)], [413, { error: 'body_too_large' }])
    assert.deepEqual(events, [])
  })

  run('a body that grows too long is answered with 413', async (t) => {
    const { url, events } = await serving(t, genuine, { maxBody: Buffer.byteLength(genuine.body) - 1 })
    const { status, text } = await deliver(url, genuine, { body: new Blob([genuine.body]).stream() })
    assert.deepEqual([status, JSON.parse(text)], [413, { error: 'body_too_large' }])
    assert.deepEqual(events, [])
  })

  const endlessly = async (t) => {
    const { url, events } = await serving(t, genuine)
    const { status, text, sent } = await deliverEndless(url, genuine)
    assert.deepEqual([status, JSON.parse(text)], [413, { error: 'body_too_large' }])
    assert.ok(sent < 64 * 1024 * 1024, `${sent} bytes were sent`)
    assert.deepEqual(events, [])
  }
  // A parser that stands before takes in what it is sent up to its own limit, and lets the rest pass.
  if (endless) run('a body without end is answered before its end', endlessly)

  run('the connection serves on after a body that was too long', async (t) => {
    const { url } = await serving(t, genuine)
    await deliver(url, genuine, { body: LONG })
    assert.equal((await deliver(url, genuine)).status, 204)
  })

  run('a sender that goes away within the body does no harm', async (t) => {
    const { url, events, logger } = await serving(t, genuine)
    await deliverPart(url, genuine)
    assert.equal((await deliver(url, genuine)).status, 204)
    assert.equal(events.length, 1)
    // A framework that reads the body itself tells its own error handler.
    if (reads) {
      await until(() => logger.lines.length > 0)
      assert.match(logger.lines.join(), /^warn hookseal: delivery refused: incomplete_body: /)
    }
  })

  run('GET is no delivery', async (t) => {
    const { url, events } = await serving(t, genuine)
    const response = await fetch(url, { headers: genuine.headers })
    assert.equal(response.status, get)
    if (get === 405) assert.equal(response.headers.get('allow'), 'POST')
    assert.deepEqual(events, [])
  })

  run('a check of the endpoint is acknowledged without the handler', async (t) => {
    const { url, logger, events } = await serving(t, check)
    const { status, text } = await deliver(url, check)
    assert.deepEqual([status, JSON.parse(text)], [200, { acknowledged: true }])
    assert.deepEqual([events, logger.lines], [[], []])
  })

  run('a forged check of the endpoint is not acknowledged', (t) =>
    refuses(t, check, { body: check.body + ' ' }, { status: 401, error: 'signature_mismatch' }))

  run('the handler sees checks if it asks for them', async (t) => {
    const { url, events } = await serving(t, check, { acknowledge: 'none' })
    assert.equal((await deliver(url, check)).status, 204)
    assert.equal(events[0].type, 'webhook.test')
  })

  run('the handler sees events of test data unless told otherwise', async (t) => {
    assert.equal(genuine.event.test, true)
    const { url, events } = await serving(t, genuine, { acknowledge: 'tests' })
    const { status, text } = await deliver(url, genuine)
    assert.deepEqual([status, JSON.parse(text)], [200, { acknowledged: true }])
    assert.deepEqual(events, [])
    const live = signed(genuine.body.replace(/("livemode": ?)false/, '$1true'))
    assert.equal((await deliver(url, live)).status, 204)
    assert.equal(events[0].test, false)
  })

  run('a body in its ECMAScript form is verified as it is sent', async (t) => {
    const mycover = sample('mycover', 'purchase.successful')
    const { url, events } = await serving(t, mycover)
    assert.equal((await deliver(url, mycover)).status, 204)
    assert.equal(events[0].type, 'purchase.successful')
  })
}

/** What every adapter throws when it is set up wrong. */
export function setUpSuite(name, make) {
  test(`${name}: a wrong set-up is told at once`, async () => {
    const webhook = webhookFor(genuine)
    await assert.rejects(async () => make(undefined), { name: 'TypeError', message: /webhook/ })
    await assert.rejects(async () => make(Promise.resolve(webhook)), { name: 'TypeError', message: /a Promise: await it/ })
    await assert.rejects(async () => make(webhook, { maxbody: 1 }), { name: 'TypeError', message: /no option "maxbody"/ })
    assert.doesNotThrow(() => make(webhook, Object.create({ maxBody: 0, acknowledge: true })))
    await assert.rejects(async () => make(webhook, { maxBody: 0 }), { name: 'RangeError', message: /maxBody/ })
    await assert.rejects(async () => make(webhook, { maxBody: '1mb' }), { name: 'RangeError', message: /maxBody/ })
    await assert.rejects(async () => make(webhook, { acknowledge: true }), {
      name: 'RangeError',
      message: 'acknowledge must be one of checks, tests, none'
    })
  })
}
