// Senders that first ask whether the endpoint is the receiver's, asked of each adapter.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import askers from '../askers.js'
import { load, memory } from './kit.mjs'
import { invocations } from './lambda-invocations.mjs'
import { servers } from './servers.mjs'

const { Scheme, Webhook } = load('hookseal')
const { webhookHandler: onFetch } = load('hookseal/fetch')
const { webhookHandler: onLambda } = load('hookseal/aws-lambda')

const { CHALLENGE, SECRET, meta, slack } = askers
const PATH = '/in/hooks'
const slackWebhook = new Webhook(new Scheme(slack.scheme), SECRET)
const metaWebhook = new Webhook(new Scheme(meta.scheme), SECRET, meta.options)

/** `ask({ method, target, headers, body })` gives { status, type, options, text }; the handler calls `handle(event)`. */
const frameworks = Object.fromEntries(Object.entries(servers).map(([name, start]) => [name, async (t, given) => {
  const url = await start(t, given)
  return async ({ method, target = PATH, headers, body }) => {
    const response = await fetch(url + target, { method, body, headers: { 'content-type': 'application/json', ...headers } })
    return seen(response.status, response.headers, await response.text())
  }
}]))

frameworks['a Fetch API handler, as Next.js exports it'] = async (_t, { webhook, options, handle }) => {
  const POST = onFetch(webhook, (event) => {
    handle(event)
    return new Response(null, { status: 204 })
  }, options)
  const methods = { POST, GET: POST }
  return async ({ method, target = PATH, headers, body }) => {
    const response = await methods[method](new Request(`https://app.example.com${target}`, { method, headers, body }))
    return seen(response.status, response.headers, await response.text())
  }
}

frameworks['Azure Functions'] = async (_t, { webhook, options, handle }) => {
  const { HttpRequest } = load('@azure/functions')
  const handler = onFetch(webhook, (event) => {
    handle(event)
    return new Response(null, { status: 204 })
  }, options)
  return async ({ method, target = PATH, headers, body }) => {
    const url = `https://app.azurewebsites.net${target}`
    const response = await handler(new HttpRequest({ url, method, headers, body: body && { string: body } }))
    return seen(response.status, response.headers, await response.text())
  }
}

for (const [name, { invocation }] of Object.entries(invocations)) {
  frameworks[`AWS Lambda, ${name}`] = async (_t, { webhook, options, handle }) => {
    const handler = onLambda(webhook, (event) => {
      handle(event)
      return { statusCode: 204, body: '' }
    }, options)
    return async ({ method, target = PATH, headers = {}, body = null }) => {
      const [, query = ''] = target.split('?')
      const given = invocation({ method, headers, body })
      // A GET has no body, and each platform its own fields for the query.
      if (body === null) given.body = null
      const pairs = [...new URLSearchParams(query)]
      if ('rawQueryString' in given) given.rawQueryString = query
      else if (given.multiValueHeaders) given.multiValueQueryStringParameters = Object.fromEntries(pairs.map(([key, value]) => [key, [value]]))
      else given.queryStringParameters = Object.fromEntries(pairs)
      const response = await handler(given, {})
      const many = Object.entries(response.multiValueHeaders ?? {}).map(([key, [value]]) => [key, value])
      return seen(response.statusCode, new Headers(response.headers ?? many), response.body)
    }
  }
}

function seen(status, headers, text) {
  return { status, type: headers.get('content-type'), options: headers.get('x-content-type-options'), text }
}

const answered = (given, text) => {
  assert.deepEqual({ ...given, type: undefined }, { status: 200, type: undefined, options: 'nosniff', text })
  assert.match(given.type, /^text\/plain(; ?charset=utf-8)?$/i)
}

const refused = (given, status, error) => {
  assert.deepEqual([given.status, JSON.parse(given.text)], [status, { error }])
  assert.match(given.type, /^application\/json/)
}

let ran = 0

for (const [name, start] of Object.entries(frameworks)) {
  const started = async (t, webhook) => {
    const events = []
    const logger = memory()
    return { ask: await start(t, { webhook, options: { logger }, handle: (event) => events.push(event) }), events, logger }
  }

  test(`${name}: a signed question of a POST is answered, and deliveries go on`, { timeout: 300_000 }, async (t) => {
    const { ask, events, logger } = await started(t, slackWebhook)
    const post = (body, headers = slack.sign(body)) => ask({ method: 'POST', headers, body })
    answered(await post(slack.question), CHALLENGE)
    assert.deepEqual([events, logger.lines], [[], []])
    refused(await post(slack.question, slack.sign('{}')), 401, 'signature_mismatch')
    refused(await post(slack.question, {}), 401, 'missing_header')
    const hostile = slack.question.replace(CHALLENGE, '<b>')
    refused(await post(hostile), 400, 'invalid_payload')
    assert.deepEqual(logger.lines.map((line) => line.split(': ')[2]), ['signature_mismatch', 'missing_header', 'invalid_payload'])
    assert.equal((await post(slack.delivery)).status, 204)
    assert.deepEqual(events.map(({ type, id }) => [type, id]), [['message', 'Ev08']])
    refused(await ask({ method: 'GET' }), 405, 'method_not_allowed')
    ran += 1
  })

  test(`${name}: a question of a GET is answered for who has the token`, { timeout: 300_000 }, async (t) => {
    const { ask, events, logger } = await started(t, metaWebhook)
    const get = (query) => ask({ method: 'GET', target: PATH + query })
    answered(await get(meta.query('meatyhamhock')), '1158201444')
    assert.deepEqual(logger.lines, [])
    refused(await get(meta.query('Meatyhamhock')), 401, 'signature_mismatch')
    refused(await get(meta.query('meatyhamhock').replace('1158201444', '%3Cb%3E')), 400, 'invalid_payload')
    assert.ok(!logger.lines.join().includes('eatyhamhock'), logger.lines.join('\n'))
    refused(await get(''), 405, 'method_not_allowed')
    refused(await ask({ method: 'POST', target: PATH + meta.query('meatyhamhock'), body: meta.delivery }), 401, 'missing_header')
    assert.deepEqual(events, [])
    assert.equal((await ask({ method: 'POST', headers: meta.sign(meta.delivery), body: meta.delivery })).status, 204)
    assert.deepEqual(events.map(({ type }) => type), ['page'])
    ran += 1
  })
}

test('AWS Lambda: a receiver without the token answers with 500', async () => {
  const logger = memory()
  const handler = onLambda(new Webhook(new Scheme(meta.scheme), SECRET), assert.fail, { logger })
  const invocation = invocations['HTTP API'].invocation({ method: 'GET', headers: {}, body: null })
  const { statusCode, body } = await handler({ ...invocation, rawQueryString: meta.query('meatyhamhock').slice(1) }, {})
  assert.deepEqual([statusCode, body], [500, '{"error":"invalid_scheme"}'])
  assert.match(logger.lines.join(), /give it as the constant `verify_token`/)
  ran += 1
})

after(() => assert.equal(ran, 2 * (11 + 2 + 6) + 1))
