import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bytesOf, runCases, setUp } from './cases.mjs'
import { invocations } from './lambda-invocations.mjs'
import { check, genuine, load, memory, sample, signed, webhookFor } from './kit.mjs'
import { setUpSuite } from './suite.mjs'

const { webhookHandler } = load('hookseal/aws-lambda')

const mycover = sample('mycover', 'purchase.successful')

for (const [name, { invocation, multiValue, one = false }] of Object.entries(invocations)) {
  const run = (label, body) => test(`AWS Lambda, ${name}: ${label}`, body)

  async function invoke(delivery, given, options) {
    const logger = memory()
    const events = []
    const handler = webhookHandler(webhookFor(delivery), (event) => void events.push(event), { logger, ...options })
    const response = await handler(invocation({ method: 'POST', ...delivery, ...given }), {})
    assert.equal(response.isBase64Encoded, false)
    const { 'content-type': type } = (multiValue ? response.multiValueHeaders : response.headers)
    if (response.body !== '') assert.deepEqual(type, multiValue ? ['application/json'] : 'application/json')
    const answer = response.body === '' ? '' : JSON.parse(response.body)
    return { answer: [response.statusCode, answer], events, logger }
  }

  runCases(`AWS Lambda, ${name}`, one ? { without: ['headers_twice'], except: ['refused/signature-twice'] } : {}, () => async (given) => {
    const { webhook, options } = setUp(given)
    const events = []
    const handle = (event) => {
      events.push(event)
      return { statusCode: 204, body: '' }
    }
    const handler = webhookHandler(webhook, handle, { logger: memory(), ...options })
    const body = bytesOf(given.request).toString('base64')
    const response = await handler(invocation({ method: 'POST', pairs: given.request.headers, body, isBase64Encoded: true }), {})
    const type = (multiValue ? response.multiValueHeaders?.['content-type']?.[0] : response.headers?.['content-type']) ?? ''
    return { status: response.statusCode, type, text: response.body, events }
  })

  run('a genuine delivery reaches the handler', async () => {
    const { answer, events } = await invoke(genuine)
    assert.deepEqual(answer, [200, ''])
    assert.equal(events[0].type, genuine.event.type)
    assert.equal(events[0].id, genuine.event.id)
  })

  run('a body in base64 is decoded', async () => {
    const delivery = signed('{"first_name":"J\u00fcrgen"}')
    for (const base64 of [true, false]) {
      const { answer, events } = await invoke(delivery, { base64 })
      assert.deepEqual(answer, [200, ''])
      assert.equal(events[0].data.first_name, 'J\u00fcrgen')
    }
  })

  run('deliveries that do not verify are refused', async () => {
    const { 'X-KASKO-Signature': _, ...unsigned } = genuine.headers
    const refused = async (given, status, error) => {
      const { answer, events, logger } = await invoke(genuine, given)
      assert.deepEqual(answer, [status, { error }])
      assert.deepEqual(events, [])
      assert.ok(logger.lines[0].startsWith(`warn hookseal: delivery refused: ${error}`))
    }
    await refused({ body: genuine.body + ' ' }, 401, 'signature_mismatch')
    await refused({ body: null }, 401, 'signature_mismatch')
    await refused({ body: '*', base64: undefined, isBase64Encoded: true }, 401, 'signature_mismatch')
    await refused({ headers: unsigned }, 401, 'missing_header')
    await refused(signed('[]'), 400, 'invalid_payload')
    await refused({ body: ' '.repeat(1024 * 1024 + 1) }, 413, 'body_too_large')
  })

  run('GET is no delivery', async () => {
    const { answer, events } = await invoke(genuine, { method: 'GET' })
    assert.deepEqual(answer, [405, { error: 'method_not_allowed' }])
    assert.deepEqual(events, [])
  })

  run('a check of the endpoint is acknowledged', async () => {
    const { answer, events } = await invoke(check)
    assert.deepEqual(answer, [200, { acknowledged: true }])
    assert.deepEqual(events, [])
    assert.equal((await invoke(check, {}, { acknowledge: 'none' })).events.length, 1)
    assert.equal((await invoke(genuine, {}, { acknowledge: 'tests' })).events.length, 0)
  })

  run('a body in its ECMAScript form is verified', async () => {
    assert.equal((await invoke(mycover)).events[0].type, 'purchase.successful')
  })
}

test('AWS Lambda: the handler gets the context and the invocation, and gives the response', async () => {
  const invocation = invocations['HTTP API'].invocation({ method: 'POST', ...genuine })
  const context = { awsRequestId: '1' }
  const handler = webhookHandler(webhookFor(genuine), async (event, ...rest) => {
    assert.deepEqual(rest, [context, invocation])
    return { statusCode: 202, body: event.type }
  })
  assert.deepEqual(await handler(invocation, context), { statusCode: 202, body: 'policy.created' })
})

test('AWS Lambda: what the handler throws fails the invocation', async () => {
  const handler = webhookHandler(webhookFor(genuine), () => {
    throw new Error('no database')
  })
  await assert.rejects(handler(invocations['HTTP API'].invocation({ method: 'POST', ...genuine }), {}), /no database/)
})

test('AWS Lambda: an invocation that is no HTTP request', async () => {
  const handler = webhookHandler(webhookFor(genuine), assert.fail)
  await assert.rejects(handler({ Records: [] }, {}), { name: 'TypeError', message: /API Gateway/ })
})

test('AWS Lambda: an empty list of multi-value headers stands for none', async () => {
  const { invocation } = invocations['HTTP API']
  const handler = webhookHandler(webhookFor(genuine), () => ({ statusCode: 202, body: '' }))
  const given = { ...invocation({ method: 'POST', ...genuine }), multiValueHeaders: {} }
  assert.equal((await handler(given, {})).statusCode, 202)
})

test('AWS Lambda: a body that was parsed before', async () => {
  const { invocation } = invocations['HTTP API']
  const invoke = async (delivery) => {
    const logger = memory()
    const handler = webhookHandler(webhookFor(delivery), () => ({ statusCode: 202, body: '' }), { logger })
    const given = { ...invocation({ method: 'POST', ...delivery }), body: JSON.parse(delivery.body) }
    return [(await handler(given, {})).statusCode, logger.lines.join()]
  }
  const [status, told] = await invoke(genuine)
  assert.equal(status, 500)
  assert.match(told, /^error hookseal: .*httpJsonBodyParser/)
  assert.deepEqual(await invoke(mycover), [202, ''])
})

test('AWS Lambda: what a prototype has was not sent', async () => {
  const { invocation } = invocations['HTTP API']
  const { headers, ...given } = invocation({ method: 'POST', ...genuine })
  const handler = webhookHandler(webhookFor(genuine), assert.fail)
  await assert.rejects(handler(Object.setPrototypeOf(given, { headers }), {}), TypeError)
  await assert.rejects(handler(Promise.resolve(given), {}), /a Promise: await it/)
})

setUpSuite('AWS Lambda', (webhook, options) => webhookHandler(webhook, () => {}, options))
