import assert from 'node:assert/strict'
import { test } from 'node:test'
import { adapterCases } from './cases.mjs'
import { deliver, genuine, load, memory, sample, serve, webhookFor } from './kit.mjs'
import { adapterSuite, setUpSuite } from './suite.mjs'

const { keepRawBody, webhookHandler, webhookMiddleware } = load('hookseal/express')

for (const [name, module] of [['Express 5', 'express'], ['Express 4', 'express4']]) {
  const express = load(module)
  assert.match(load(`${module}/package.json`).version, new RegExp(`^${name.at(-1)}\\.`))

  const quiet = (app) => app.set('env', 'test')
  const handler = (handle) => (event, _req, res) => {
    handle(event)
    res.sendStatus(204)
  }

  const start = (t, { webhook, options, handle }) => {
    const app = quiet(express())
    app.all('/', webhookHandler(webhook, handler(handle), options))
    return serve(t, app)
  }
  adapterSuite(`${name}, handler`, start)
  adapterCases(`${name}, handler`, start)

  adapterSuite(`${name}, middleware`, (t, { webhook, options, handle }) => {
    const app = quiet(express())
    app.use(webhookMiddleware(webhook, options), (req, res) => handler(handle)(req.webhookEvent, req, res))
    return serve(t, app)
  })

  const parsers = {
    'express.json that keeps the raw body': express.json({ limit: '4mb', strict: false, type: () => true, verify: keepRawBody }),
    'express.raw': express.raw({ limit: '4mb', type: () => true }),
    'express.text': express.text({ limit: '4mb', type: () => true })
  }
  for (const [label, parser] of Object.entries(parsers)) {
    const start = (t, { webhook, options, handle }) => {
      const app = quiet(express())
      app.use(parser)
      app.all('/', webhookHandler(webhook, handler(handle), options))
      return serve(t, app)
    }
    adapterSuite(`${name}, behind ${label}`, start, { reads: false })
  }

  const behindRaw = (t, { webhook, options, handle }) => {
    const app = quiet(express())
    app.use(parsers['express.raw'])
    app.all('/', webhookHandler(webhook, handler(handle), options))
    return serve(t, app)
  }
  // That of Express 4 knows no br.
  const br = name === 'Express 4' ? ['encoding/br'] : []
  adapterCases(`${name}, behind express.raw`, behindRaw, {
    without: ['adapter_reads', 'adapter_decodes'],
    except: br
  })

  test(`${name}: a JSON parser mounted earlier, and no raw body kept`, async (t) => {
    const logger = memory()
    const app = quiet(express())
    app.use(express.json())
    app.post('/', webhookHandler(webhookFor(genuine), handler(assert.fail), { logger }))
    const { status, text } = await deliver(await serve(t, app), genuine)
    assert.deepEqual([status, JSON.parse(text)], [500, { error: 'body_already_read' }])
    assert.equal(logger.lines.length, 1)
    assert.match(logger.lines[0], /^error hookseal: .*verify: keepRawBody/)
  })

  test(`${name}: a JSON parser mounted earlier that passed the body over`, async (t) => {
    const events = []
    const app = quiet(express())
    app.use(express.json())
    app.post('/', webhookHandler(webhookFor(genuine), handler((event) => events.push(event))))
    const { status } = await deliver(await serve(t, app), genuine, { headers: { 'content-type': 'text/plain' } })
    assert.equal(status, 204)
    assert.equal(events.length, 1)
  })

  test(`${name}: a JSON parser mounted earlier, and a provider that signs the parsed body`, async (t) => {
    const mycover = sample('mycover', 'purchase.successful')
    const events = []
    const logger = memory()
    const app = quiet(express())
    app.use(express.json())
    app.post('/', webhookHandler(webhookFor(mycover), handler((event) => events.push(event)), { logger }))
    const url = await serve(t, app)
    assert.equal((await deliver(url, mycover)).status, 204)
    assert.deepEqual(events[0].data, JSON.parse(mycover.body).data)
    const { status, text } = await deliver(url, mycover, { body: mycover.body.replace('5000', '5') })
    assert.deepEqual([status, JSON.parse(text)], [401, { error: 'signature_mismatch' }])
  })

  test(`${name}: what the handler throws goes to the error handler`, async (t) => {
    const app = quiet(express())
    const broken = async () => {
      throw new Error('no database')
    }
    app.post('/', webhookHandler(webhookFor(genuine), broken))
    app.use((error, _req, res, _next) => res.status(503).json(error.message))
    const { status, text } = await deliver(await serve(t, app), genuine)
    assert.deepEqual([status, text], [503, '"no database"'])
  })
}

setUpSuite('Express', (webhook, options) => webhookHandler(webhook, () => {}, options))
