'use strict'

const { types } = require('node:util')
const { describe } = require('../lib/input.js')
const { Incomplete } = require('./receiver.js')

/**
 * Receives a Node request, wherever its body is by now: kept beside what a parser made of it, left by a parser of
 * buffers or text, or still unread. A request of Fastify has the stream in `raw`. `fix` says how to keep the bytes.
 */
async function receiveNodeRequest(receiver, request, fix) {
  const stream = request?.raw ?? request
  checkRequest(request, stream)
  const refused = receiver.wrongMethod(request.method)
  if (refused) return refused
  const { headers, rawBody, body } = request
  const { 'content-encoding': encoding, 'content-length': length } = headers
  const signed = receiver.needsRequest ? addressed(request) : undefined
  if (isRaw(rawBody)) return receiver.receive(rawBody, encoding, headers, signed)
  if (isRaw(body)) return receiver.receive(body, encoding, headers, signed)
  if (stream.readableDidRead) return receiver.receiveParsed(body, headers, signed, fix)
  return receiver.receiveUnread((limit) => readBody(stream, limit), length, encoding, headers, signed)
}

/** The method, and the path and query, from which a router may have taken what it was mounted at. */
function addressed({ method, originalUrl, url }) {
  return { method, url: originalUrl ?? url }
}

/** That it is a request of node:http, or one that a framework put around it. */
function checkRequest(request, stream) {
  const { headers } = request ?? {}
  if (typeof headers?.get === 'function') {
    throw new TypeError('the request is one of the Fetch API, not of node:http: its adapter is hookseal/fetch')
  }
  if (typeof headers !== 'object' || headers === null) {
    throw new TypeError(`the request must be one of node:http, not ${describe(request)}`)
  }
  if (isReadable(stream) || isRaw(request.rawBody) || isRaw(request.body)) return
  const inner = stream.req ? ': pass the `req` and `res` that it holds' : ', nor has it a `body` of bytes'
  throw new TypeError(`the request is not a stream, as one of node:http is${inner}`)
}

function isReadable(stream) {
  return typeof stream.on === 'function' && typeof stream.read === 'function'
}

function isRaw(body) {
  return typeof body === 'string' || types.isUint8Array(body)
}

/** The body, `undefined` if it is longer than the limit: then the rest of it is let pass, and not kept. */
function readBody(stream, limit) {
  if (stream.readableEnded) return Buffer.alloc(0)
  if (stream.destroyed) return new Incomplete(new Error('aborted'))
  return new Promise((resolve, reject) => {
    const chunks = []
    let length = 0
    const done = (result) => {
      stream.off('data', data).off('end', end).off('close', close)
      resolve(result)
    }
    const data = (chunk) => {
      if (!types.isUint8Array(chunk)) {
        reject(new TypeError('the request gives text instead of bytes: do not call its setEncoding'))
        return done()
      }
      length += chunk.length
      chunks.push(chunk)
      // Destroying the stream would take the connection with it, before it is answered.
      if (length > limit) {
        done(undefined)
        stream.resume()
      }
    }
    const end = () => done(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, length))
    const failed = (error) => done(new Incomplete(error))
    const close = () => failed(new Error('aborted'))
    // Who listens to errors stays, as there may be some after the answer, too.
    stream.on('data', data).on('end', end).on('close', close).on('error', failed).resume()
  })
}

module.exports = { receiveNodeRequest }
