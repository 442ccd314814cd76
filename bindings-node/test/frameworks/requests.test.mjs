// Senders that sign the method and the address, or no body: what each adapter passes on, signed by Node's crypto.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { request } from 'node:http'
import { after, test } from 'node:test'
import { invocations } from './lambda-invocations.mjs'
import { load, memory, serve } from './kit.mjs'
import { servers } from './servers.mjs'

const { Scheme, Webhook } = load('hookseal')
const { webhookHandler: onFetch } = load('hookseal/fetch')
const { webhookHandler: onLambda } = load('hookseal/aws-lambda')

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
