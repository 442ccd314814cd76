import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { adapterCases } from './cases.mjs'
import { deliver, genuine, load, memory, webhookFor } from './kit.mjs'
import { adapterSuite, setUpSuite } from './suite.mjs'

const { Hono } = load('hono')
const { serve } = load('@hono/node-server')
const { webhookHandler } = load('hookseal/fetch')

/** Serves a handler of requests until the test ends. */
function listen(t, fetch) {
  return new Promise((resolve) => {
    const server = serve({ fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => resolve(`http://127.0.0.1:${port}`))
    t.after(() => {
      server.close()
      server.closeAllConnections()
    })
  })
}

const noContent = (handle) => async (event) => {
  handle(event)
  return new Response(null, { status: 204 })
}

const start = (t, { webhook, options, handle }) => listen(t, webhookHandler(webhook, noContent(handle), options))
adapterSuite('Request handler', start)
adapterCases('Request handler', start)

adapterSuite('Hono', (t, { webhook, options, handle }) => {
  const app = new Hono()
  const receive = webhookHandler(webhook, noContent(handle), options)
  app.all('/', (c) => receive(c.req.raw))
  return listen(t, app.fetch)
})

test('Hono: the body was read earlier', async (t) => {
  const logger = memory()
  const app = new Hono()
  const receive = webhookHandler(webhookFor(genuine), assert.fail, { logger })
  app.use(async (c, next) => {
    await c.req.json()
    await next()
  })
  app.post('/', (c) => receive(c.req.raw))
  const { status, text } = await deliver(await listen(t, app.fetch), genuine)
  assert.deepEqual([status, JSON.parse(text)], [500, { error: 'body_already_read' }])
  assert.match(logger.lines.join(), /^error hookseal: .*request\.clone\(\)/)
})

test('Request handler: a clone of the request was read earlier', async () => {
  const receive = webhookHandler(webhookFor(genuine), (event) => Response.json(event.type))
  const request = new Request('http://localhost/', { method: 'POST', headers: genuine.headers, body: genuine.body })
  await request.clone().json()
  assert.equal(await (await receive(request)).json(), 'policy.created')
})

test('Request handler: a handler that returns nothing answers with 200', async () => {
  const receive = webhookHandler(webhookFor(genuine), async () => {})
  const { headers, body } = genuine
  const response = await receive(new Request('http://localhost/', { method: 'POST', headers, body }))
  assert.deepEqual([response.status, await response.text()], [200, ''])
})

test('Request handler: what the framework passes reaches the handler', async () => {
  const receive = webhookHandler(webhookFor(genuine), (_event, request, ...rest) => Response.json([request.url, rest]))
  const { headers, body } = genuine
  const request = new Request('http://localhost/hook', { method: 'POST', headers, body })
  const context = { params: { tenant: 'a' } }
  assert.deepEqual(await (await receive(request, context, 1)).json(), ['http://localhost/hook', [context, 1]])
})

test('Request handler: what the handler throws reaches the framework', async () => {
  const receive = webhookHandler(webhookFor(genuine), () => {
    throw new Error('no database')
  })
  const { headers, body } = genuine
  await assert.rejects(receive(new Request('http://localhost/', { method: 'POST', headers, body })), /no database/)
})

const { headers: sent } = genuine
const mistakes = {
  'a request of node:http': [{ method: 'POST', headers: sent, body: {} }, /hookseal\/express/],
  'a stream of Node': [{ method: 'POST', headers: new Headers(sent), body: Readable.from(['{}']) }, /ReadableStream, not a stream/],
  'a stream of text': [{ method: 'POST', headers: new Headers(sent), body: new Blob(['{}']).stream().pipeThrough(new TextDecoderStream()) }, /bytes/],
  'a Promise': [Promise.resolve({}), /a Promise: await it/],
  nothing: [undefined, /not undefined/]
}

for (const [name, [request, message]] of Object.entries(mistakes)) {
  test(`Request handler: ${name} is a mistake of the program`, async () => {
    const logger = memory()
    const receive = webhookHandler(webhookFor(genuine), assert.fail, { logger })
    await assert.rejects(receive(request), { name: 'TypeError', message })
    assert.deepEqual(logger.lines, [])
  })
}

test('Request handler: a stream that somebody else reads', async () => {
  const receive = webhookHandler(webhookFor(genuine), assert.fail, { logger: memory() })
  const request = new Request('http://localhost/', { method: 'POST', headers: sent, body: genuine.body })
  request.body.getReader()
  assert.deepEqual(await (await receive(request)).json(), { error: 'body_already_read' })
})

setUpSuite('Request handler', (webhook, options) => webhookHandler(webhook, () => {}, options))
