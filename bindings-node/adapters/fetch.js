'use strict'

const { concatenated } = require('../lib/host.js')
const { describe } = require('../lib/input.js')
const { Answer, Incomplete, Receiver } = require('./receiver.js')

const FIX = 'call the webhook before anything else reads the request, or read from request.clone()'

function webhookHandler(webhook, handler, options) {
  const receiver = Receiver.of(webhook, handler, options)
  return async function hookseal(request, ...rest) {
    const received = await receive(receiver, request)
    if (received instanceof Answer) {
      return new Response(received.body || null, { status: received.status, headers: received.headers })
    }
    return (await handler(received, request, ...rest)) ?? new Response(null)
  }
}

async function receive(receiver, request) {
  checkRequest(request)
  const refused = receiver.wrongMethod(request.method)
  if (refused) return refused
  const { headers, body, bodyUsed } = request
  if (bodyUsed || body?.locked) return receiver.alreadyRead(FIX)
  const [length, encoding] = [headers.get('content-length'), headers.get('content-encoding')]
  const signed = receiver.needsRequest ? { method: request.method, url: request.url } : undefined
  return receiver.receiveUnread((limit) => readBody(body, limit), length, encoding, headers, signed)
}

/** That it is a Request, and not what a framework on node:http hands over. */
function checkRequest(request) {
  if (typeof request?.headers?.get !== 'function') {
    const other = typeof request?.headers === 'object' ? 'a request of node:http: its adapter is hookseal/express' : describe(request)
    throw new TypeError(`the request must be a Request of the Fetch API, not ${other}`)
  }
  const { body } = request
  if (body !== null && body !== undefined && typeof body.getReader !== 'function') {
    throw new TypeError(`the body of the request must be a ReadableStream, not ${describe(body)}`)
  }
}

/** The body, `undefined` if it is longer than the limit. */
async function readBody(body, limit) {
  if (!body) return new Uint8Array(0)
  const reader = body.getReader()
  const chunks = []
  let length = 0
  for (;;) {
    let chunk
    try {
      chunk = await reader.read()
    } catch (error) {
      return new Incomplete(error)
    }
    if (chunk.done) return concatenated(chunks, length)
    if (!ArrayBuffer.isView(chunk.value)) {
      throw new TypeError(`the body of the request must be a stream of bytes, not of ${typeof chunk.value}s`)
    }
    length += chunk.value.byteLength
    if (length > limit) {
      // Not cancelled: some servers would close the connection before it is answered.
      reader.releaseLock()
      return undefined
    }
    chunks.push(chunk.value)
  }
}

module.exports = { webhookHandler }
