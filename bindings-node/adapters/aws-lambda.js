'use strict'

const { Answer, Receiver, wrongMethod } = require('./receiver.js')

function webhookHandler(webhook, handler, options) {
  const receiver = new Receiver(webhook, options)
  return async function hookseal(invocation, context) {
    if (!invocation.headers && !invocation.multiValueHeaders) {
      throw new TypeError(
        'the invocation is not an HTTP request: call the function through API Gateway, a load balancer or its URL'
      )
    }
    const received = receive(receiver, invocation)
    if (received instanceof Answer) return respond(invocation, received)
    const result = await handler(received, context, invocation)
    return result ?? respond(invocation, { status: 200, headers: {}, body: '' })
  }
}

function receive(receiver, { requestContext, httpMethod, headers, multiValueHeaders, body, isBase64Encoded }) {
  const refused = wrongMethod(httpMethod ?? requestContext?.http?.method)
  if (refused) return refused
  const bytes = Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8')
  return receiver.receive(bytes, multiValueHeaders ?? headers)
}

function respond(invocation, { status, headers, body }) {
  const response = { statusCode: status, body, isBase64Encoded: false }
  if (invocation.headers) return { ...response, headers }
  // A load balancer with multi-value headers ignores the others.
  const multiValueHeaders = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]))
  return { ...response, multiValueHeaders }
}

module.exports = { webhookHandler }
