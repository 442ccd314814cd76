import assert from 'node:assert/strict'
import { test } from 'node:test'
import { adapterCases, NOT_JSON } from './cases.mjs'
import { deliver, genuine, load, memory, sample, webhookFor } from './kit.mjs'
import { adapterSuite, setUpSuite } from './suite.mjs'

load('reflect-metadata')
const { Controller, HttpCode, Injectable, Module, Post, UseGuards } = load('@nestjs/common')
const { NestFactory } = load('@nestjs/core')
const { FastifyAdapter } = load('@nestjs/platform-fastify')
const { WebhookAnswer, WebhookEvent, WebhookGuard } = load('hookseal/nest')

/** Applies decorators to a class that is written without a compiler. */
function controller(handle, guard) {
  class Webhooks {
    received(event) {
      return handle(event)
    }
  }
  const method = Object.getOwnPropertyDescriptor(Webhooks.prototype, 'received')
  WebhookEvent()(Webhooks.prototype, 'received', 0)
  for (const decorate of [Post(), HttpCode(204), UseGuards(guard)]) decorate(Webhooks.prototype, 'received', method)
  Controller()(Webhooks)
  return Webhooks
}

async function listen(t, { controllers, providers = [] }, { fastify, rawBody = true }) {
  class App {}
  Module({ controllers, providers })(App)
  const options = { rawBody, logger: false, abortOnError: false, forceCloseConnections: true }
  const app = fastify
    ? await NestFactory.create(App, new FastifyAdapter({ bodyLimit: 4 * 1024 * 1024 }), options)
    : await NestFactory.create(App, options)
  if (fastify) {
    // It does not undo Content-Encoding itself.
    await app.register(load('@fastify/compress'))
  } else {
    app.useBodyParser('json', { limit: '4mb', strict: false })
  }
  t.after(() => app.close())
  await app.listen(0, '127.0.0.1')
  return `http://127.0.0.1:${app.getHttpServer().address().port}`
}

/** What it does not take on Fastify: other content types, and no body. */
const otherTypes = [
  'genuine/content-type-application-vnd-acme-json',
  'genuine/content-type-application-octet-stream',
  'scheme/bytes',
  'scheme/any-json',
  'empty/authentic',
  'empty/forged',
  'empty/standard-webhooks'
]

for (const fastify of [false, true]) {
  const name = `Nest 11 on ${fastify ? 'Fastify' : 'Express'}`

  const start = (t, { webhook, options, handle }) => {
    const controllers = [controller(handle, new WebhookGuard(webhook, options))]
    return listen(t, { controllers }, { fastify })
  }
  const types = fastify ? ['application/json'] : undefined
  adapterSuite(name, start, { get: 404, reads: false, types })
  adapterCases(name, start, { without: ['adapter_reads', 'adapter_decodes'], except: fastify ? [...NOT_JSON, ...otherTypes] : NOT_JSON })

  test(`${name}: the raw body is not kept`, async (t) => {
    const logger = memory()
    const guard = new WebhookGuard(webhookFor(genuine), { logger })
    const url = await listen(t, { controllers: [controller(assert.fail, guard)] }, { fastify, rawBody: false })
    const { status, text } = await deliver(url, genuine)
    assert.deepEqual([status, JSON.parse(text)], [500, { error: 'body_already_read' }])
    assert.match(logger.lines.join(), /^error hookseal: .*rawBody: true/)
  })

  test(`${name}: the raw body is not kept, and the provider signs the parsed body`, async (t) => {
    const events = []
    const mycover = sample('mycover', 'purchase.successful')
    const guard = new WebhookGuard(webhookFor(mycover))
    const controllers = [controller((event) => void events.push(event), guard)]
    const url = await listen(t, { controllers }, { fastify, rawBody: false })
    assert.equal((await deliver(url, mycover)).status, 204)
    assert.equal(events[0].type, 'purchase.successful')
  })

  test(`${name}: a guard takes its secret from another provider`, async (t) => {
    class Secrets {
      kasko = genuine.secret
    }
    Injectable()(Secrets)
    class KaskoGuard extends WebhookGuard {
      constructor(secrets) {
        super(webhookFor({ ...genuine, secret: secrets.kasko }))
      }
    }
    Reflect.defineMetadata('design:paramtypes', [Secrets], KaskoGuard)
    Injectable()(KaskoGuard)
    const events = []
    const controllers = [controller((event) => void events.push(event), KaskoGuard)]
    const url = await listen(t, { controllers, providers: [Secrets] }, { fastify })
    assert.equal((await deliver(url, genuine)).status, 204)
    assert.equal(events.length, 1)
  })
}

test('Nest 11: exception filters can tell the answers of a guard', () => {
  const answer = new WebhookAnswer({ status: 401, content: { error: 'missing_header' } })
  assert.ok(answer instanceof load('@nestjs/common').HttpException)
  assert.equal(answer.getStatus(), 401)
})

setUpSuite('Nest', (webhook, options) => new WebhookGuard(webhook, options))
