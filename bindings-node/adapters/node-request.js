'use strict'

const { wrongMethod } = require('./receiver.js')

/**
 * Receives a Node request, wherever its body is by now: kept beside what a parser made of it, left by a parser of
 * buffers or text, or still unread. A request of Fastify has the stream in `raw`.
 */
async function receiveNodeRequest(receiver, request, fix) {
  const refused = wrongMethod(request.method)
  if (refused) return refused
  const { headers, rawBody, body } = request
  if (isRaw(rawBody)) return receiver.receive(rawBody, headers)
  if (isRaw(body)) return receiver.receive(body, headers)
  const stream = request.raw ?? request
  if (stream.readableDidRead) return receiver.receiveParsed(body, headers, fix)
  let read
  try {
    read = await readBody(stream, receiver.maxBody)
  } catch (error) {
    return receiver.incomplete(error)
  }
  return read ? receiver.receive(read, headers) : receiver.tooLarge()
}

function isRaw(body) {
  return typeof body === 'string' || body instanceof Uint8Array
}

/** The body, or undefined if it is longer than the limit: then the rest of it is let pass, and not kept. */
async function readBody(stream, limit) {
  if (Number(stream.headers['content-length']) > limit) return undefined
  const chunks = []
  let length = 0
  // Destroying the stream would take the connection with it, before it is answered.
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    length += chunk.length
    if (length > limit) break
    chunks.push(chunk)
  }
  if (length <= limit) return Buffer.concat(chunks, length)
  stream.resume()
  return undefined
}

module.exports = { receiveNodeRequest }
