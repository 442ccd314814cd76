'use strict'

const { describe, pendingKind } = require('../lib/input.js')
const { Answer, Receiver } = require('./receiver.js')

const FIX = 'nothing may parse the body before the webhook, such as httpJsonBodyParser of middy'

function webhookHandler(webhook, handler, options) {
  const receiver = Receiver.of(webhook, handler, options)
  return async function hookseal(invocation, context) {
    const request = requestOf(invocation)
    const received = await receive(receiver, request)
    if (received instanceof Answer) return respond(request, received)
    const result = await handler(received, context, invocation)
    return result ?? respond(request, { status: 200, headers: {}, body: '' })
  }
}

/** What an invocation says of its request: own properties, as those that its prototype has were not sent. */
function requestOf(invocation) {
  const isObject = typeof invocation === 'object' && invocation !== null
  const own = isObject ? Object.assign(Object.create(null), invocation) : {}
  if (own.headers || own.multiValueHeaders) return own
  throw new TypeError(
    'the invocation must be an HTTP request: call the function through API Gateway, a load balancer or its URL' +
      (isObject && !pendingKind(invocation) ? '' : `; it is ${describe(invocation)}`)
  )
}

function receive(receiver, invocation) {
  const { headers, multiValueHeaders, body, isBase64Encoded } = invocation
  const method = methodOf(invocation)
  const refused = receiver.wrongMethod(method)
  if (refused) return refused
  const signed = receiver.needsRequest ? { method, url: addressOf(invocation) } : undefined
  // Of a gateway's two kinds one may be there and empty.
  const given = Object.keys(multiValueHeaders ?? {}).length > 0 ? multiValueHeaders : headers
  if (typeof (body ?? '') !== 'string') return receiver.receiveParsed(body, given, signed, FIX)
  return receiver.receive(Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8'), encodingOf(given), given, signed)
}

function methodOf({ httpMethod, requestContext }) {
  return httpMethod ?? requestContext?.http?.method
}

/** The address that was called: the whole one where the gateway says at which of its domains, else the path and query. */
function addressOf(invocation) {
  const { requestContext, path, rawPath } = invocation
  const called = rawPath ?? requestContext?.path ?? path
  if (typeof called !== 'string') return undefined
  const query = queryOf(invocation)
  const origin = requestContext?.domainName ? `https://${requestContext.domainName}` : ''
  return `${origin}${called}${query && `?${query}`}`
}

/** The query as it was sent, or put together again: a REST API decodes it, and a load balancer does not. */
function queryOf({ rawQueryString, requestContext, queryStringParameters, multiValueQueryStringParameters }) {
  if (typeof rawQueryString === 'string') return rawQueryString
  const encoded = requestContext?.elb ? String : encodeURIComponent
  const parameters = Object.entries(multiValueQueryStringParameters ?? queryStringParameters ?? {})
  return parameters.flatMap(([name, values]) => [values].flat().map((value) => `${encoded(name)}=${encoded(value)}`)).join('&')
}

/** The names of headers come in any case, the values alone or in lists. */
function encodingOf(headers) {
  const found = Object.entries(headers ?? {}).filter(([name]) => name.toLowerCase() === 'content-encoding')
  return found.flatMap(([, value]) => value).join(', ')
}

function respond(request, { status, headers, body }) {
  const response = { statusCode: status, body, isBase64Encoded: false }
  if (request.headers) return { ...response, headers }
  // A load balancer with multi-value headers ignores the others.
  const multiValueHeaders = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]))
  return { ...response, multiValueHeaders }
}

module.exports = { webhookHandler }
