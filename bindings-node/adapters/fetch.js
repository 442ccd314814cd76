'use strict'

const { Answer, Receiver, wrongMethod } = require('./receiver.js')

const FIX = 'call the webhook before anything else reads the request, or read from request.clone()'

function webhookHandler(webhook, handler, options) {
  const receiver = new Receiver(webhook, options)
  return async function hookseal(request, ...rest) {
    const received = await receive(receiver, request)
    if (received instanceof Answer) {
      return new Response(received.body, { status: received.status, headers: received.headers })
    }
    return (await handler(received, request, ...rest)) ?? new Response(null)
  }
}

async function receive(receiver, request) {
  const refused = wrongMethod(request.method)
  if (refused) return refused
  if (request.bodyUsed) return receiver.alreadyRead(FIX)
  let body
  try {
    body = await readBody(request, receiver.maxBody)
  } catch (error) {
    return receiver.incomplete(error)
  }
  return body ? receiver.receive(body, request.headers) : receiver.tooLarge()
}

/** The body, or undefined if it is longer than the limit. */
async function readBody(request, limit) {
  if (Number(request.headers.get('content-length')) > limit) return undefined
  if (!request.body) return new Uint8Array(0)
  const reader = request.body.getReader()
  const chunks = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return Buffer.concat(chunks, length)
    length += value.byteLength
    if (length > limit) {
      // Not cancelled: some servers would close the connection before it is answered.
      reader.releaseLock()
      return undefined
    }
    chunks.push(value)
  }
}

module.exports = { webhookHandler }
