import assert from 'node:assert/strict'
import { test } from 'node:test'
import { adapterCases } from './cases.mjs'
import { deliver, genuine, load, memory, webhookFor } from './kit.mjs'
import { adapterSuite, setUpSuite } from './suite.mjs'

const fastify = load('fastify')
const { webhookRoute } = load('hookseal/fastify')
assert.match(load('fastify/package.json').version, /^5\./)

async function listen(t, app) {
  t.after(() => app.close())
  return app.listen({ port: 0, host: '127.0.0.1' })
}

const noContent = (handle) => async (event, _request, reply) => {
  handle(event)
  reply.code(204)
}

const start = (t, { webhook, options, handle }) => {
  const app = fastify({ forceCloseConnections: true })
  app.register(webhookRoute('/', webhook, noContent(handle), options))
  return listen(t, app)
}

adapterSuite('Fastify 5', start, { get: 404, reads: false, endless: true })
adapterCases('Fastify 5', start)

test('Fastify 5: the parsers of the app stay as they are', async (t) => {
  const events = []
  const app = fastify()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
    done(null, { parsed: JSON.parse(body) }))
  app.register(webhookRoute('/hook', webhookFor(genuine), noContent((event) => events.push(event))), { prefix: '/v1' })
  app.post('/other', async (request) => request.body)
  const url = await listen(t, app)
  const headers = { 'content-type': 'application/json' }
  const other = () => fetch(`${url}/other`, { method: 'POST', body: '{"a":1}', headers })
  assert.deepEqual(await (await other()).json(), { parsed: { a: 1 } })
  assert.equal((await deliver(`${url}/v1/hook`, genuine)).status, 204)
  assert.deepEqual(await (await other()).json(), { parsed: { a: 1 } })
  assert.equal(events.length, 1)
})

test('Fastify 5: what the handler returns is the payload', async (t) => {
  const app = fastify()
  const route = (url, handler) => app.register(webhookRoute(url, webhookFor(genuine), handler))
  route('/value', async (event) => ({ type: event.type }))
  route('/nothing', () => {})
  route('/sent', async (_event, request, reply) => reply.code(202).send(request.id.slice(0, 3)))
  const url = await listen(t, app)
  const answer = async (path) => {
    const { status, text } = await deliver(url + path, genuine)
    return [status, text]
  }
  assert.deepEqual(await answer('/value'), [200, '{"type":"policy.created"}'])
  assert.deepEqual(await answer('/nothing'), [200, ''])
  assert.deepEqual(await answer('/sent'), [202, 'req'])
})

test('Fastify 5: what the handler throws goes to the error handler', async (t) => {
  const app = fastify()
  app.setErrorHandler((error, _request, reply) => reply.code(503).send(error.message))
  const broken = async () => {
    throw new Error('no database')
  }
  app.register(webhookRoute('/', webhookFor(genuine), broken))
  const { status, text } = await deliver(await listen(t, app), genuine)
  assert.deepEqual([status, text], [503, 'no database'])
})

test('Fastify 5: the logger of the app is told', async (t) => {
  const lines = []
  const app = fastify({ logger: { level: 'warn', stream: { write: (line) => lines.push(JSON.parse(line)) } } })
  app.register(webhookRoute('/', webhookFor(genuine), assert.fail))
  const { status } = await deliver(await listen(t, app), genuine, { body: '{}' })
  assert.equal(status, 401)
  assert.equal(lines.length, 1)
  assert.match(lines[0].msg, /^hookseal: delivery refused: signature_mismatch/)
})

test('Fastify 5: a content type parser for everything that the app has', async (t) => {
  const app = fastify()
  app.addContentTypeParser('*', (_request, payload, done) => payload.resume().on('end', () => done(null, 'nothing')))
  app.register(webhookRoute('/', webhookFor(genuine), noContent(() => {}), { logger: memory() }))
  assert.equal((await deliver(await listen(t, app), genuine)).status, 204)
})

setUpSuite('Fastify', async (webhook, options) => {
  const app = fastify()
  app.register(webhookRoute('/', webhook, () => {}, options))
  await app.ready()
})
