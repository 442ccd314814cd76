// The adapter of `(req, res)` where there is no `next`: node:http alone, Koa, Hapi and Cloud Functions.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { adapterCases, NOT_JSON } from './cases.mjs'
import { deliver, genuine, load, memory, sample, serve, webhookFor } from './kit.mjs'
import { adapterSuite } from './suite.mjs'

const Koa = load('koa').default
const Hapi = load('@hapi/hapi')
const functions = load('@google-cloud/functions-framework')
const { getTestServer } = load('@google-cloud/functions-framework/testing')
const { webhookHandler, webhookMiddleware } = load('hookseal/express')

const handler = (handle) => async (event, _req, res) => {
  await handle(event)
  res.writeHead(204).end()
}

/** Each serves the handler, and gives the address and the errors that it was told of. */
const frameworks = {
  'node:http': async (t, receive) => {
    const errors = []
    const listener = (req, res) => receive(req, res).catch((error) => {
      errors.push(error)
      res.writeHead(500).end()
    })
    return { url: await serve(t, listener), errors }
  },
  Koa: async (t, receive) => {
    const errors = []
    const app = new Koa()
    app.on('error', (error) => errors.push(error))
    app.use(async (ctx) => {
      ctx.respond = false
      await receive(ctx.req, ctx.res)
    })
    return { url: await serve(t, app.callback()), errors }
  },
  Hapi: async (t, receive) => {
    const errors = []
    const server = Hapi.server({ port: 0, host: '127.0.0.1', debug: false })
    server.events.on({ name: 'request', channels: 'error' }, (_request, { error }) => errors.push(error))
    server.route({
      method: '*',
      path: '/',
      options: { payload: { parse: false, output: 'stream', maxBytes: 4 * 1024 * 1024 } },
      async handler(request, h) {
        await receive(request.raw.req, request.raw.res)
        return h.abandon
      }
    })
    await server.start()
    t.after(() => server.stop({ timeout: 1 }))
    return { url: server.info.uri, errors }
  }
}

for (const [name, start] of Object.entries(frameworks)) {
  const suite = async (t, { webhook, options, handle }) => (await start(t, webhookHandler(webhook, handler(handle), options))).url
  adapterSuite(name, suite)
  adapterCases(name, suite)

  test(`${name}: what the handler throws is seen`, async (t) => {
    const broken = webhookHandler(webhookFor(genuine), async () => {
      throw new Error('no database')
    })
    const { url, errors } = await start(t, broken)
    assert.equal((await deliver(url, genuine)).status, 500)
    assert.deepEqual(errors.map(({ message }) => message), ['no database'])
  })

  test(`${name}: next has nobody to go on to`, async (t) => {
    const { url, errors } = await start(t, webhookMiddleware(webhookFor(genuine)))
    assert.equal((await deliver(url, genuine)).status, 500)
    assert.match(errors[0].message, /no next handler/)
  })

  test(`${name}: the body was read earlier`, async (t) => {
    const logger = memory()
    const receive = webhookHandler(webhookFor(genuine), handler(assert.fail), { logger })
    const { url } = await start(t, async (req, res) => {
      for await (const _ of req.iterator({ destroyOnReturn: false }));
      await receive(req, res)
    })
    const { status, text } = await deliver(url, genuine)
    assert.deepEqual([status, JSON.parse(text)], [500, { error: 'body_already_read' }])
    assert.match(logger.lines.join(), /^error hookseal: .*`export const config = \{ api: \{ bodyParser: false \} \}`/)
  })
}

const cloudFunction = (t, receive) => {
  functions.http('receive', receive)
  const server = getTestServer('receive')
  server.listen(0, '127.0.0.1')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return new Promise((resolve) => server.once('listening', () => resolve(`http://127.0.0.1:${server.address().port}`)))
}

// It parses every body, and keeps the bytes.
const startFunction = (t, { webhook, options, handle }) => cloudFunction(t, webhookHandler(webhook, handler(handle), options))
adapterSuite('Cloud Functions', startFunction, { reads: false })
adapterCases('Cloud Functions', startFunction, { without: ['adapter_decodes'], except: NOT_JSON })

test('Cloud Functions: a provider that signs the parsed body', async (t) => {
  const mycover = sample('mycover', 'purchase.successful')
  const events = []
  const url = await cloudFunction(t, webhookHandler(webhookFor(mycover), handler((event) => events.push(event))))
  assert.equal((await deliver(url, mycover)).status, 204)
  assert.equal(events[0].type, 'purchase.successful')
})

const request = (fields) => ({ method: 'POST', headers: genuine.headers, ...fields })
const mistakes = {
  'a Request': [() => new Request('http://localhost/', request({ body: genuine.body })), /hookseal\/fetch/],
  'a context of Koa': [() => request({ req: {}, res: {} }), /pass the `req` and `res`/],
  'a request of Hapi': [() => request({ raw: { req: {}, res: {} }, payload: {} }), /pass the `req` and `res`/],
  'a mock without a stream': [() => request({ body: {} }), /not a stream/],
  'a Promise': [() => Promise.resolve(request({})), /a Promise: await it/],
  nothing: [() => undefined, /not undefined/]
}

for (const [name, [make, message]] of Object.entries(mistakes)) {
  test(`node:http: ${name} is a mistake of the program`, async () => {
    const logger = memory()
    const receive = webhookHandler(webhookFor(genuine), assert.fail, { logger })
    await assert.rejects(receive(make(), {}), { name: 'TypeError', message })
    const errors = []
    await receive(make(), {}, (error) => errors.push(error))
    assert.match(errors[0].message, message)
    assert.deepEqual(logger.lines, [])
  })
}

test('node:http: a request that was set to give text is a mistake of the program', async (t) => {
  const receive = webhookHandler(webhookFor(genuine), assert.fail, { logger: memory() })
  const { url, errors } = await frameworks['node:http'](t, (req, res) => receive(req.setEncoding('utf8'), res))
  assert.equal((await deliver(url, genuine)).status, 500)
  assert.match(errors[0].message, /setEncoding/)
})

test('node:http: a request that was paused, or whose sender went away before, is not waited for', async (t) => {
  const receive = webhookHandler(webhookFor(genuine), handler(() => {}), { logger: memory() })
  const paused = await frameworks['node:http'](t, (req, res) => receive(req.pause(), res))
  assert.equal((await deliver(paused.url, genuine)).status, 204)
  const gone = await frameworks['node:http'](t, (req, res) => receive(req.destroy() && req, res))
  await assert.rejects(deliver(gone.url, genuine), /fetch failed/)
  assert.deepEqual(gone.errors, [])
})
