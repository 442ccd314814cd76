// What the adapters answer with an inbox in place of a handler.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import askers from '../askers.js'
import { load, urls } from './kinds.mjs'

const { Scheme, Webhook } = load('hookseal')
const { Inbox } = load('hookseal/inbox')
const { webhookHandler: onNode, webhookMiddleware } = load('hookseal/express')
const { webhookHandler: onFetch } = load('hookseal/fetch')
const { webhookHandler: onLambda } = load('hookseal/aws-lambda')
const { webhookRoute } = load('hookseal/fastify')
const { Pool } = load('pg')

const coverkit = new Webhook('coverkit', 'whsec_1b6f2ae8d0444a349cc1f4c8')
const claimport = new Webhook('claimport', 'whsec_claimport')
let count = 0
let ran = 0
let asked = 0

/** A server for the address, as each framework makes one. */
const adapters = {
  async express(t, inbox, options) {
    const server = createServer(onNode(inbox, options)).listen(0, '127.0.0.1')
    await once(server, 'listening')
    t.after(() => server.close())
    const url = `http://127.0.0.1:${server.address().port}`
    return ({ query = '', ...init }) => fetch(`${url}/${query}`, { method: 'POST', ...init })
  },
  async fetch(_t, inbox, options) {
    const handler = onFetch(inbox, options)
    return ({ query = '', ...init }) => handler(new Request(`http://localhost/${query}`, { method: 'POST', ...init }))
  },
  async fastify(t, inbox, options) {
    const { logger, ...own } = options
    const app = load('fastify')()
    app.register(webhookRoute('/', inbox, { ...own, logger }))
    t.after(() => app.close())
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    return ({ query = '', ...init }) => fetch(`${url}/${query}`, { method: 'POST', ...init })
  },
  async nest(t, inbox, options) {
    load('reflect-metadata')
    const { All, Controller, HttpCode, Module, UseGuards } = load('@nestjs/common')
    const { WebhookGuard } = load('hookseal/nest')
    class Webhooks {
      received() {}
    }
    const method = Object.getOwnPropertyDescriptor(Webhooks.prototype, 'received')
    for (const decorate of [All(), HttpCode(204), UseGuards(new WebhookGuard(inbox, options))]) {
      decorate(Webhooks.prototype, 'received', method)
    }
    Controller()(Webhooks)
    class App {}
    Module({ controllers: [Webhooks] })(App)
    const app = await load('@nestjs/core').NestFactory.create(App, { rawBody: true, logger: false, forceCloseConnections: true })
    t.after(() => app.close())
    await app.listen(0, '127.0.0.1')
    const url = `http://127.0.0.1:${app.getHttpServer().address().port}`
    return ({ query = '', ...init }) => fetch(`${url}/${query}`, { method: 'POST', ...init })
  },
  async 'aws-lambda'(_t, inbox, options) {
    const handler = onLambda(inbox, options)
    return async ({ method = 'POST', query = '', body = '', headers = {} }) => {
      const encoded = { body: Buffer.from(body).toString('base64'), isBase64Encoded: true }
      const invocation = { requestContext: { http: { method } }, rawPath: '/', rawQueryString: query.slice(1), headers, ...encoded }
      const { statusCode, headers: answered, body: text } = await handler(invocation)
      return new Response(text || null, { status: statusCode, headers: answered })
    }
  }
}

// Fastify 5 and Nest 11 need a newer one.
const isOld = process.versions.node.startsWith('18.')
if (isOld) {
  delete adapters.fastify
  delete adapters.nest
}

for (const [name, serve] of Object.entries(adapters)) {
  test(`${name}: what is durable is answered with 204, and nothing else with success`, { timeout: 300_000 }, async (t) => {
    const pool = new Pool({ connectionString: urls.postgresql })
    t.after(() => pool.end())
    count += 1
    const prefix = `adapter${process.pid}_${count}_`
    const inbox = new Inbox(pool, { sources: { own: coverkit, claims: claimport }, prefix })
    const lines = []
    const logger = { warn: (line) => lines.push(line), error: (line) => lines.push(line) }
    const send = await serve(t, inbox, { source: 'own', maxBody: 1000, logger })
    const deliver = async (body, headers = coverkit.sign(body), sent = body) => {
      const response = await send({ body: sent, headers: { 'content-type': 'application/json', ...headers } })
      return [response.status, await response.text(), response.headers.get('retry-after')]
    }
    const body = '{"id":"e1","type":"policy.created","data":{}}'

    assert.deepEqual(await deliver(body), [500, '{"error":"schema_missing"}', null])
    await inbox.migrate()
    assert.deepEqual(await deliver(body), [204, '', null])
    assert.deepEqual(await deliver(body), [204, '', null])
    const headers = { ...coverkit.sign(body), 'content-encoding': 'gzip' }
    assert.deepEqual(await deliver(body, headers, gzipSync(body)), [204, '', null])
    assert.deepEqual(await deliver(body, {}), [401, '{"error":"missing_header"}', null])
    assert.deepEqual(await deliver(`${body} `, coverkit.sign(body)), [401, '{"error":"signature_mismatch"}', null])
    assert.deepEqual(await deliver('[]'), [400, '{"error":"invalid_payload"}', null])
    assert.deepEqual(await deliver(JSON.stringify({ long: '-'.repeat(1000) })), [413, '{"error":"body_too_large"}', null])
    const [entry] = await inbox.list()
    assert.deepEqual([entry.source, entry.duplicates], ['own', 2])

    // The same event is being handled by a transaction that may still fail.
    const client = await pool.connect()
    await client.query('BEGIN')
    const other = '{"id":"e2","type":"policy.created","data":{}}'
    assert.equal(await inbox.once(client, coverkit.verify(other, coverkit.sign(other)), { source: 'own' }), true)
    assert.deepEqual(await deliver(other), [503, '{"error":"in_progress"}', '5'])
    await client.query('ROLLBACK')
    client.release()
    assert.deepEqual(await deliver(other), [204, '', null])
    assert.equal((await inbox.list()).length, 2)

    // An operation that failed leaves a connection that can be used.
    await pool.query(`ALTER TABLE ${prefix}delivery RENAME TO ${prefix}elsewhere`)
    assert.equal((await deliver(other))[0], 500)
    await pool.query(`ALTER TABLE ${prefix}elsewhere RENAME TO ${prefix}delivery`)
    assert.deepEqual(await deliver(other), [204, '', null])
    assert.ok(!lines.join().includes('e2'), lines.join('\n'))
  })
}

/** A sender that signs the method and the address. */
const addressed = new Scheme({
  name: 'sender',
  signature: { header: 'X-Signature', algorithm: 'hmac-sha256', encoding: 'hex', content: '{method} {url}\n{body}' },
  event: { type: { pointer: '/type' }, id: { pointer: '/id' } }
})

for (const [name, serve] of Object.entries(adapters)) {
  test(`${name}: what is signed besides the body is passed, and kept for the worker`, { timeout: 300_000 }, async (t) => {
    const pool = new Pool({ connectionString: urls.postgresql })
    t.after(() => pool.end())
    count += 1
    const webhook = new Webhook(addressed, 'a secret of the sender', { origin: 'https://hooks.example.com' })
    const inbox = new Inbox(pool, { webhook, prefix: `address${process.pid}_${count}_` })
    await inbox.migrate()
    const send = await serve(t, inbox, { logger: { warn() {}, error() {} } })
    const body = '{"id":"e1","type":"policy.created"}'
    const deliver = async (content) => {
      const signature = createHmac('sha256', 'a secret of the sender').update(content).digest('hex')
      return (await send({ body, headers: { 'content-type': 'application/json', 'x-signature': signature } })).status
    }
    assert.equal(await deliver(`POST https://hooks.example.com/\n${body}`), 204)
    assert.equal(await deliver(`POST https://elsewhere.example/\n${body}`), 401)
    const claimed = await inbox.claim(2)
    assert.deepEqual(claimed.map(({ event }) => event.id), ['e1'])
    const headers = webhook.sign(body, { method: 'POST', url: '/' })
    assert.equal((await inbox.receive(body, headers, { method: 'POST', url: '/' })).outcome, 'duplicate')
    await assert.rejects(inbox.receive(body, headers), { code: 'missing_request' })
    await assert.rejects(inbox.receive(body, headers, { url: 7 }), { name: 'TypeError', message: /url must be a string/ })
    ran += 1
  })
}

for (const [name, serve] of Object.entries(adapters)) {
  test(`${name}: a handshake is answered, and not stored`, { timeout: 300_000 }, async (t) => {
    const pool = new Pool({ connectionString: urls.postgresql })
    t.after(() => pool.end())
    count += 1
    const { CHALLENGE, SECRET, meta, slack } = askers
    const sources = { slack: new Webhook(new Scheme(slack.scheme), SECRET), meta: new Webhook(new Scheme(meta.scheme), SECRET, meta.options) }
    const inbox = new Inbox(pool, { sources, prefix: `asked${process.pid}_${count}_` })
    await inbox.migrate()
    const sender = async (source) => {
      const send = await serve(t, inbox, { source, logger: { warn() {}, error() {} } })
      return async ({ headers, ...init }) => {
        const response = await send({ headers: { 'content-type': 'application/json', ...headers }, ...init })
        return [response.status, await response.text(), response.headers.get('x-content-type-options')]
      }
    }
    const [toSlack, toMeta] = [await sender('slack'), await sender('meta')]
    const post = (body, headers = slack.sign(body)) => toSlack({ body, headers })
    const get = (query) => toMeta({ method: 'GET', query })
    assert.deepEqual(await post(slack.question), [200, CHALLENGE, 'nosniff'])
    assert.deepEqual(await post(slack.question, slack.sign('{}')), [401, '{"error":"signature_mismatch"}', null])
    assert.deepEqual(await get(meta.query('meatyhamhock')), [200, '1158201444', 'nosniff'])
    assert.deepEqual(await get(meta.query('other')), [401, '{"error":"signature_mismatch"}', null])
    assert.deepEqual(await get(''), [405, '{"error":"method_not_allowed"}', null])
    assert.deepEqual(await inbox.list(), [])
    assert.deepEqual(await post(slack.delivery), [204, '', null])
    assert.deepEqual(await toMeta({ body: meta.delivery, headers: meta.sign(meta.delivery) }), [204, '', null])
    assert.deepEqual((await inbox.list()).map(({ source }) => source).sort(), ['meta', 'slack'])
    asked += 1
  })
}

test('a check of the endpoint is answered, and not stored', async (t) => {
  const pool = new Pool({ connectionString: urls.postgresql })
  t.after(() => pool.end())
  const inbox = new Inbox(pool, { webhook: claimport, prefix: `check${process.pid}_` })
  await inbox.migrate()
  const body = '{"type":"webhook.test","timestamp":"2026-01-01T00:00:00Z"}'
  const handler = onFetch(inbox)
  const response = await handler(new Request('http://localhost/', { method: 'POST', body, headers: claimport.sign(body) }))
  assert.equal(response.status, 204)
  assert.equal((await inbox.receive(body, claimport.sign(body))).outcome, 'check')
  assert.deepEqual(await inbox.list(), [])
})

test('a database that cannot be reached is answered with 503', async () => {
  const nowhere = new Pool({ host: '127.0.0.1', port: 1 })
  const inbox = new Inbox(nowhere, { webhook: coverkit })
  const handler = onFetch(inbox, { logger: { warn() {} } })
  const body = '{"id":"e1","type":"policy.created","data":{}}'
  const response = await handler(new Request('http://localhost/', { method: 'POST', body, headers: coverkit.sign(body) }))
  assert.deepEqual([response.status, response.headers.get('retry-after')], [503, '5'])
  assert.deepEqual(await response.json(), { error: 'unavailable' })
  await assert.rejects(inbox.receive(body, coverkit.sign(body)), (error) => error.code === 'unavailable' && error.cause.code === 'ECONNREFUSED')
})

test('a server that ends connections is survived', async (t) => {
  const pool = new Pool({ connectionString: urls.postgresql, max: 1 })
  pool.on('error', () => {})
  t.after(() => pool.end())
  const inbox = new Inbox(pool, { webhook: coverkit, prefix: `ended${process.pid}_` })
  await inbox.migrate()
  const { rows } = await pool.query('SELECT pg_backend_pid() AS pid')
  const admin = new Pool({ connectionString: urls.postgresql })
  t.after(() => admin.end())
  const receive = (id) => {
    const body = JSON.stringify({ id, type: 'policy.created', data: {} })
    return inbox.receive(body, coverkit.sign(body)).then(({ outcome }) => outcome, ({ code }) => code)
  }
  // In the middle of an operation, which waits for a lock by then.
  const blocker = await admin.connect()
  await blocker.query('BEGIN')
  await blocker.query(`LOCK TABLE ended${process.pid}_delivery`)
  const received = receive('e1')
  for (;;) {
    const waiting = await admin.query('SELECT wait_event_type FROM pg_stat_activity WHERE pid = $1', [rows[0].pid])
    if (waiting.rows[0].wait_event_type === 'Lock') break
  }
  await admin.query('SELECT pg_terminate_backend($1)', [rows[0].pid])
  assert.equal(await received, 'unavailable')
  await blocker.query('ROLLBACK')
  blocker.release()
  assert.equal(await receive('e1'), 'stored')
})

test('a wrong set-up is told at once', () => {
  const pool = new Pool({ connectionString: urls.postgresql })
  const several = new Inbox(pool, { sources: { own: coverkit, claims: claimport } })
  const one = new Inbox(pool, { webhook: coverkit })
  for (const make of [onNode, onFetch, onLambda]) {
    assert.throws(() => make(several), { name: 'InboxError', code: 'unknown_source' })
    assert.throws(() => make(one, { source: 'other' }), { name: 'InboxError', code: 'unknown_source' })
    assert.throws(() => make(one, () => {}), { name: 'TypeError', message: /takes no handler/ })
    assert.throws(() => make(one, { acknowledge: 'none' }), { name: 'TypeError', message: /no option/ })
  }
  assert.throws(() => webhookMiddleware(one), { name: 'TypeError', message: /takes no handler/ })
  assert.throws(() => new Inbox(pool, {}), { name: 'InboxError', code: 'invalid_inbox' })
  assert.throws(() => new Inbox(pool, { webhook: coverkit, prefix: 'a;b' }), { name: 'InboxError', code: 'invalid_inbox' })
  assert.throws(() => new Inbox(pool, { webhook: coverkit, lease: 0 }), { name: 'InboxError', code: 'invalid_inbox' })
  assert.throws(() => new Inbox(pool, { webhook: coverkit, leese: 1 }), { name: 'TypeError', message: /no option "leese"/ })
  assert.throws(() => new Inbox(pool, { webhook: {} }), { name: 'TypeError', message: /Webhook of hookseal/ })
  assert.throws(() => new Inbox({}, { webhook: coverkit }), { name: 'TypeError', message: /pg, mysql2/ })
  assert.throws(() => new Inbox({ execute() {} }, { webhook: coverkit }), { name: 'InboxError', message: /option `dialect`/ })
  assert.throws(() => new Inbox(pool, { sources: { own: { webhook: coverkit, order: { aggregate: 'id' } } } }), { code: 'invalid_inbox' })
  assert.throws(() => Inbox.schema('oracle'), { name: 'InboxError', code: 'invalid_inbox' })
  assert.match(Inbox.schema('postgres', 'own_'), /CREATE TABLE own_delivery/)
})

test('each adapter ran', () => assert.deepEqual([Object.keys(adapters).length, ran, asked], isOld ? [3, 3, 3] : [5, 5, 5]))
