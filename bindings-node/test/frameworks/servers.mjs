// A server of each framework with the webhook in it, until the test ends.
import { once } from 'node:events'
import { load, serve } from './kit.mjs'

load('reflect-metadata')
const onNode = load('hookseal/express')
const { webhookHandler: onFetch } = load('hookseal/fetch')
const { webhookRoute } = load('hookseal/fastify')
const nest = load('@nestjs/common')
const { WebhookEvent, WebhookGuard } = load('hookseal/nest')
const functions = load('@google-cloud/functions-framework')
const { getTestServer } = load('@google-cloud/functions-framework/testing')

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
  for (const decorate of [nest.All('hooks'), nest.HttpCode(204), nest.UseGuards(guard)]) decorate(Webhooks.prototype, 'received', method)
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

/**
 * Each framework with its router in between, which may take from the address what it was mounted at. They serve GET and
 * POST at /in/hooks, and the handler calls `handle(event)` and answers with 204.
 */
export const servers = {
  'node:http': (t, { webhook, options, handle }) => serve(t, onNode.webhookHandler(webhook, answered(handle), options)),
  ...Object.fromEntries(['express', 'express4'].map((module) => [module, (t, { webhook, options, handle }) => {
    const express = load(module)
    const router = express.Router().all('/hooks', onNode.webhookHandler(webhook, answered(handle), options))
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
    const handler = async ({ raw }, h) => {
      await receive(raw.req, raw.res)
      return h.abandon
    }
    server.route([
      { method: 'GET', path: '/in/hooks', handler },
      { method: 'POST', path: '/in/hooks', options: { payload: { parse: false, output: 'stream' } }, handler }
    ])
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
    const app = new (load('hono').Hono)().route('/in', new (load('hono').Hono)().all('/hooks', (c) => receive(c.req.raw)))
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
