// Senders that sign the method and the address, or no body: what each adapter passes on, signed by Node's crypto.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { request } from 'node:http'
import { once } from 'node:events'
import { after, test } from 'node:test'
import { invocations } from './lambda-invocations.mjs'
import { load, memory, serve } from './kit.mjs'

load('reflect-metadata')
const { Scheme, Webhook } = load('hookseal')
const onNode = load('hookseal/express')
const { webhookHandler: onFetch } = load('hookseal/fetch')
const { webhookHandler: onLambda } = load('hookseal/aws-lambda')
const { webhookRoute } = load('hookseal/fastify')
const nest = load('@nestjs/common')
const { WebhookEvent, WebhookGuard } = load('hookseal/nest')
const functions = load('@google-cloud/functions-framework')
const { getTestServer } = load('@google-cloud/functions-framework/testing')

const SECRET = 'a secret of the sender'
const BODY = '{"type":"policy.created","id":"e1"}'
const PATH = '/in/hooks?b=2&a=%C3%A9&b=1'
const ORIGIN = 'https://hooks.example.com'

const scheme = (signature) => new Scheme({ name: 'sender', signature: { header: 'X-Signature', ...signature }, event: { type: { pointer: '/type' }, id: { pointer: '/id' } } })
const hmac = (content) => scheme({ algorithm: 'hmac-sha256', encoding: 'hex', content })
const ofPath = hmac('{method} {path}\n{query}\n{body}')
const ofUrl = hmac('{url}\n{body}')
const ofToken = scheme({ algorithm: 'token', weakness: 'token' })
/** What `ofPath` signs. */
const line = (method, target) => `${method} ${target.replace('?', '\n')}\n${BODY}`
const digest = (content) => createHmac('sha256', SECRET).update(content).digest('hex')

/** What of a request anybody can say who sends it. */
const claimed = {
  'x-forwarded-host': 'elsewhere.example',
  'x-forwarded-proto': 'https',
  'x-forwarded-prefix': '/elsewhere',
  'x-original-url': '/elsewhere',
  'x-http-method-override': 'PUT'
}

const answered = (handle) => (event, _req, res) => {
  handle(event)
  res.writeHead(204).end()
}

async function listening(t, server) {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${server.address().port}`
}

async function onNest(t, { webhook, options, handle }, fastify) {
  class Webhooks {
    received(event) {
      handle(event)
    }
  }
  const method = Object.getOwnPropertyDescriptor(Webhooks.prototype, 'received')
  WebhookEvent()(Webhooks.prototype, 'received', 0)
  const guard = new WebhookGuard(webhook, options)
  for (const decorate of [nest.Post('hooks'), nest.HttpCode(204), nest.UseGuards(guard)]) decorate(Webhooks.prototype, 'received', method)
  nest.Controller('in')(Webhooks)
  class App {}
  nest.Module({ controllers: [Webhooks] })(App)
  const { NestFactory } = load('@nestjs/core')
  const adapter = fastify ? [new (load('@nestjs/platform-fastify').FastifyAdapter)()] : []
  const app = await NestFactory.create(App, ...adapter, { rawBody: true, logger: false, abortOnError: false, forceCloseConnections: true })
  t.after(() => app.close())
  await app.listen(0, '127.0.0.1')
  return `http://127.0.0.1:${app.getHttpServer().address().port}`
}

/** Each framework with its router in between, which may take from the address what it was mounted at. */
const servers = {
  'node:http': (t, { webhook, options, handle }) => serve(t, onNode.webhookHandler(webhook, answered(handle), options)),
  ...Object.fromEntries(['express', 'express4'].map((module) => [module, (t, { webhook, options, handle }) => {
    const express = load(module)
    const router = express.Router().post('/hooks', onNode.webhookHandler(webhook, answered(handle), options))
    return serve(t, express().set('trust proxy', true).use('/in', router))
  }])),
  'express, middleware behind a parser': (t, { webhook, options, handle }) => {
    const express = load('express')
    const app = express().use(express.json({ verify: onNode.keepRawBody }))
    app.use('/in', onNode.webhookMiddleware(webhook, options), (req, res) => answered(handle)(req.webhookEvent, req, res))
    return serve(t, app)
  },
  koa: (t, { webhook, options, handle }) => {
    const receive = onNode.webhookHandler(webhook, answered(handle), options)
    const app = new (load('koa').default)({ proxy: true })
    app.use((ctx) => {
      ctx.respond = false
      return receive(ctx.req, ctx.res)
    })
    return serve(t, app.callback())
  },
  hapi: async (t, { webhook, options, handle }) => {
    const receive = onNode.webhookHandler(webhook, answered(handle), options)
    const server = load('@hapi/hapi').server({ port: 0, host: '127.0.0.1' })
    server.route({
      method: 'POST',
      path: '/in/hooks',
      options: { payload: { parse: false, output: 'stream' } },
      async handler({ raw }, h) {
        await receive(raw.req, raw.res)
        return h.abandon
      }
    })
    await server.start()
    t.after(() => server.stop({ timeout: 1 }))
    return server.info.uri
  },
  'cloud functions': (t, { webhook, options, handle }) => {
    functions.http('receive', onNode.webhookHandler(webhook, answered(handle), options))
    return listening(t, getTestServer('receive'))
  },
  fastify: async (t, { webhook, options, handle }) => {
    const app = load('fastify')({ forceCloseConnections: true, trustProxy: true, rewriteUrl: ({ url }) => url.replace('/in/', '/rewritten/') })
    const handler = async (event, _request, reply) => {
      handle(event)
      reply.code(204)
    }
    app.register(webhookRoute('/hooks', webhook, handler, options), { prefix: '/rewritten' })
    t.after(() => app.close())
    return app.listen({ port: 0, host: '127.0.0.1' })
  },
  'nest on express': (t, given) => onNest(t, given, false),
  'nest on fastify': (t, given) => onNest(t, given, true),
  hono: (t, { webhook, options, handle }) => {
    const receive = onFetch(webhook, received(handle), options)
    const app = new (load('hono').Hono)().route('/in', new (load('hono').Hono)().post('/hooks', (c) => receive(c.req.raw)))
    return new Promise((resolve) => {
      const server = load('@hono/node-server').serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => resolve(`http://127.0.0.1:${port}`))
      t.after(() => {
        server.close()
        server.closeAllConnections()
      })
    })
  }
}

function received(handle) {
  return (event) => {
    handle(event)
    return new Response(null, { status: 204 })
  }
}

/** The address that a server's adapter has is its path and query; these know the whole of it. */
const KNOW_HOST = ['hono']

/** Passes requests on to another address, as a proxy does that ends TLS. */
function proxy(t, target) {
  return serve(t, (incoming, outgoing) => {
    const headers = { ...incoming.headers, host: new URL(target).host, 'x-forwarded-host': incoming.headers.host }
    const passed = request(target + incoming.url, { method: incoming.method, headers }, (response) => {
      outgoing.writeHead(response.statusCode, response.headers)
      response.pipe(outgoing)
    })
    incoming.pipe(passed)
  })
}

async function post(url, signature, headers = {}) {
  const response = await fetch(url, { method: 'POST', body: BODY, headers: { 'content-type': 'application/json', 'x-signature': signature, ...headers } })
  return [response.status, await response.text()]
}

const REFUSED = [401, '{"error":"signature_mismatch"}']
const MISSING = [500, '{"error":"missing_request"}']
let ran = 0

for (const [name, start] of Object.entries(servers)) {
  const started = async (t, own, options) => {
    const events = []
    const logger = memory()
    const webhook = new Webhook(own, SECRET, options)
    return { url: await start(t, { webhook, options: { logger }, handle: (event) => events.push(event) }), events, logger }
  }

  test(`${name}: the method, the path and the query are what was sent`, async (t) => {
    const { url, events } = await started(t, ofPath)
    const signature = digest(line('POST', PATH))
    assert.deepEqual(await post(url + PATH, signature), [204, ''])
    assert.deepEqual(await post(url + PATH, signature, claimed), [204, ''])
    assert.deepEqual(events.map(({ id, unsigned }) => [id, unsigned]), [['e1', []], ['e1', []]])
    assert.deepEqual(await post(url + PATH.replace('b=1', 'b=3'), signature), REFUSED)
    assert.deepEqual(await post(url + PATH, digest(line('PUT', PATH)), claimed), REFUSED)
    ran += 1
  })

  test(`${name}: behind a proxy the webhook says what its origin is`, async (t) => {
    const { url, events } = await started(t, ofUrl, { origin: ORIGIN })
    const front = await proxy(t, url)
    const signature = digest(`${ORIGIN}${PATH}\n${BODY}`)
    assert.deepEqual(await post(front + PATH, signature, claimed), [204, ''])
    assert.equal(events.length, 1)
    assert.deepEqual(await post(`${front}${PATH}&c=3`, signature), REFUSED)
    assert.deepEqual(await post(front + PATH, digest(`https://elsewhere.example${PATH}\n${BODY}`), claimed), REFUSED)
    ran += 1
  })

  test(`${name}: without an origin, the address is whole only where the framework has all of it`, async (t) => {
    const { url, logger } = await started(t, ofUrl)
    const answer = await post(url + PATH, digest(`${url}${PATH}\n${BODY}`))
    if (KNOW_HOST.includes(name)) {
      assert.deepEqual(answer, [204, ''])
    } else {
      assert.deepEqual(answer, MISSING)
      assert.match(logger.lines.join(), /^warn hookseal: delivery refused: missing_request: .*`origin`/)
    }
    ran += 1
  })

  test(`${name}: a sender of a token is accepted by one who says so`, async (t) => {
    const { url, events } = await started(t, ofToken, { acceptUnsigned: true })
    assert.deepEqual(await post(url + PATH, SECRET), [204, ''])
    assert.deepEqual(events[0].unsigned, ['type', 'id', 'body'])
    assert.deepEqual(await post(url + PATH, `${SECRET}x`), REFUSED)
    assert.throws(() => new Webhook(ofToken, SECRET), { name: 'ConfigurationError', message: /`acceptUnsigned: true`/ })
    ran += 1
  })
}

test('Azure Functions: the address is what the platform says', async () => {
  const { HttpRequest } = load('@azure/functions')
  const url = `https://app.azurewebsites.net${PATH}`
  const handler = onFetch(new Webhook(ofUrl, SECRET), () => new Response(null, { status: 204 }))
  const headers = { 'x-signature': digest(`${url}\n${BODY}`) }
  assert.equal((await handler(new HttpRequest({ url, method: 'POST', headers, body: { string: BODY } }))).status, 204)
  ran += 1
})

/** What a platform adds to an invocation for PATH: the path that was called, and the query as it hands it on. */
const DOMAIN = 'abc.execute-api.eu-central-1.amazonaws.com'
const decoded = { queryStringParameters: { b: '1', a: 'é' }, multiValueQueryStringParameters: { b: ['2', '1'], a: ['é'] } }
const [path, query] = PATH.split('?')
const lambda = {
  'REST API': [{ path: '/hooks', ...decoded }, { domainName: DOMAIN, path }, `https://${DOMAIN}/in/hooks?b=2&b=1&a=%C3%A9`],
  'HTTP API': [{ rawPath: path, rawQueryString: query }, { domainName: DOMAIN }, `https://${DOMAIN}${PATH}`],
  'HTTP API with payload format 1.0': [{ path, ...decoded }, { domainName: DOMAIN, path }, `https://${DOMAIN}/in/hooks?b=2&b=1&a=%C3%A9`],
  'function URL': [{ rawPath: path, rawQueryString: query }, { domainName: 'xyz.lambda-url.aws' }, `https://xyz.lambda-url.aws${PATH}`],
  'load balancer': [{ path, queryStringParameters: { b: '2', a: '%C3%A9' } }, {}, '/in/hooks?b=2&a=%C3%A9'],
  'load balancer with multi-value headers': [{ path, multiValueQueryStringParameters: { b: ['2', '1'], a: ['%C3%A9'] } }, {}, '/in/hooks?b=2&b=1&a=%C3%A9']
}

for (const [name, [fields, context, called]] of Object.entries(lambda)) {
  test(`AWS Lambda, ${name}: the address is what the gateway says`, async () => {
    const invoke = async (own, options, signature) => {
      const handler = onLambda(new Webhook(own, SECRET, options), () => undefined, { logger: memory() })
      const headers = { 'content-type': 'application/json', 'x-signature': signature, ...claimed }
      const { requestContext, ...given } = invocations[name].invocation({ method: 'POST', headers, body: BODY })
      const { statusCode, body } = await handler({ ...given, ...fields, requestContext: { ...requestContext, ...context } }, {})
      return [statusCode, body]
    }
    const isWhole = called.startsWith('https:')
    const target = isWhole ? called.slice(called.indexOf('/', 'https://'.length)) : called
    assert.deepEqual(await invoke(ofPath, {}, digest(line('POST', target))), [200, ''])
    assert.deepEqual(await invoke(ofPath, {}, digest(line('PUT', target))), REFUSED)
    assert.deepEqual(await invoke(ofUrl, {}, digest(`${called}\n${BODY}`)), isWhole ? [200, ''] : MISSING)
    assert.deepEqual(await invoke(ofUrl, { origin: ORIGIN }, digest(`${ORIGIN}${target}\n${BODY}`)), [200, ''])
    assert.deepEqual(await invoke(ofToken, { acceptUnsigned: true }, SECRET), [200, ''])
    ran += 1
  })
}

after(() => assert.equal(ran, 4 * 11 + 1 + 6))
