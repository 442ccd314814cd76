'use strict'

/** What callers hand in: checked, and turned into what the binding takes. */

const { bytesFrom, types } = require('./host')

const RAW_BODY =
  'pass the raw bytes as they came. In Express, mount `express.raw({ type: "*/*" })` on this route before any JSON ' +
  'parser; in a Next.js route handler, pass `await request.text()`; in Fastify, add a content type parser with ' +
  '`parseAs: "buffer"`; in Nest, create the app with `{ rawBody: true }` and pass `request.rawBody`'

/** What a value is, for a message that says what it is not; and how to get at what it stands for, if that is known. */
function describe(value) {
  const pending = pendingKind(value)
  return pending === undefined ? kindOf(value) : `${pending.kind}: ${pending.remedy}`
}

function kindOf(value) {
  if (value === null || value === undefined) return String(value)
  if (types.isProxy(value)) return 'a Proxy'
  if (typeof value !== 'object') return `a ${typeof value}`
  const name = Object.prototype.toString.call(value).slice(8, -1)
  return /^[AEIOU]/.test(name) ? `an ${name}` : `a ${name}`
}

/** Of what has to be awaited or read before there is a value: what it is, and what to do; undefined for all else. */
function pendingKind(value) {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return undefined
  const has = (method) => typeof value[method] === 'function'
  if (has('then')) return { kind: 'a Promise', remedy: 'await it' }
  if (has('arrayBuffer')) return { kind: kindOf(value), remedy: 'read it, as with `await request.arrayBuffer()`' }
  if (has('getReader')) return { kind: 'a stream', remedy: 'read it, as with `await new Response(stream).arrayBuffer()`' }
  if (has('pipe') || has(Symbol.asyncIterator)) {
    return { kind: 'a stream', remedy: 'read it, as with `await buffer(stream)` of node:stream/consumers' }
  }
  return undefined
}

/** Why the binding took no such body. */
function bodyError(kind, body) {
  switch (kind) {
    case 'detached':
      return new TypeError('the body is detached: its memory was transferred to another thread or consumed')
    case 'shared':
      return new TypeError(
        'the body is in shared memory, which another thread could change while it is verified: pass a copy, such as ' +
          '`Buffer.from(body)`'
      )
    case 'resizable':
      return new TypeError('the body is in a resizable ArrayBuffer: pass a copy, such as `Buffer.from(body)`')
    default: {
      const wanted = `the body must be a Buffer, Uint8Array, ArrayBuffer, DataView or string, not ${describe(body)}`
      if (pendingKind(body)) return new TypeError(wanted)
      const parsed = typeof body === 'object' && body !== null && !types.isProxy(body) && !ArrayBuffer.isView(body)
      const what = parsed ? `it was parsed already, which loses what was signed: ${RAW_BODY}` : RAW_BODY
      return new TypeError(`${wanted}: ${what}`)
    }
  }
}

/** A body as something that the binding can read. */
function readableBody(body, acceptsParsed) {
  if (typeof body === 'string') return body
  if (ArrayBuffer.isView(body)) {
    if (body.buffer.resizable) throw bodyError('resizable', body)
    return body
  }
  if (types.isArrayBuffer(body)) {
    if (body.resizable) throw bodyError('resizable', body)
    return body
  }
  if (types.isSharedArrayBuffer(body)) throw bodyError('shared', body)
  const json = acceptsParsed && isParsed(body) ? JSON.stringify(body) : undefined
  if (json === undefined) throw bodyError('type', body)
  return json
}

/** Whether it may be what a parser made of JSON. */
function isParsed(body) {
  const isObject = typeof body === 'object' && body !== null && !types.isProxy(body)
  return isObject && (Array.isArray(body) || kindOf(body) === 'an Object') && !pendingKind(body)
}

/** A body's bytes, where speed does not matter. */
function bytesOf(body, acceptsParsed) {
  const readable = readableBody(body, acceptsParsed)
  if (!ArrayBuffer.isView(readable)) return bytesFrom(readable)
  if (!types.isUint8Array(readable) && !types.isDataView(readable)) throw bodyError('type', body)
  if (types.isSharedArrayBuffer(readable.buffer)) throw bodyError('shared', body)
  return bytesFrom(readable.buffer, readable.byteOffset, readable.byteLength)
}

function checkedSecret(secret) {
  if (typeof secret === 'string' || types.isUint8Array(secret)) return secret
  const asks = pendingKind(secret) ? '' : ': is the environment variable set that should hold it?'
  throw new TypeError(`a secret must be a string or a Uint8Array, not ${describe(secret)}${asks}`)
}

/** One secret or several. */
function secretsOf(secrets) {
  return (Array.isArray(secrets) ? secrets : [secrets]).map(checkedSecret)
}

/** The options that were given: own properties alone, for a polluted prototype is nobody's wish. */
function optionsOf(options, names) {
  const own = Object.create(null)
  if (options === undefined || options === null) return own
  if (typeof options !== 'object') throw new TypeError(`the options must be an object, not ${describe(options)}`)
  for (const name of Object.keys(options)) {
    if (!names.includes(name)) {
      throw new TypeError(`there is no option ${JSON.stringify(name)}, only ${names.join(', ')}`)
    }
    own[name] = options[name]
  }
  return own
}

function seconds(tolerance) {
  if (tolerance === undefined || tolerance === null) return undefined
  if (typeof tolerance !== 'number') throw new TypeError(`the tolerance must be a number of seconds, not ${describe(tolerance)}`)
  if (!(tolerance >= 0)) throw new RangeError('the tolerance must be 0 or more seconds')
  return tolerance
}

/** The time value of a `Date` or of a number of milliseconds. */
function instant(value, name) {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'number' && !types.isDate(value)) {
    throw new TypeError(`${name} must be a Date or a number of milliseconds, not ${describe(value)}`)
  }
  const time = new Date(value).getTime()
  if (Number.isNaN(time)) throw new RangeError(`${name} is no valid date`)
  return time
}

function text(value, name) {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') throw new TypeError(`${name} must be a string, not ${describe(value)}`)
  return value
}

/** The request's method and address, for schemes that sign them. */
function requestOf({ method, url }) {
  return { method: text(method, 'method'), url: text(url, 'url') }
}

/** Texts by their names, as names and values in turn. */
function constantsOf(constants) {
  if (constants === undefined || constants === null) return []
  if (typeof constants !== 'object' || Array.isArray(constants) || pendingKind(constants)) {
    throw new TypeError(`the constants must be an object of strings, not ${describe(constants)}`)
  }
  return Object.entries(constants).flatMap(([name, value]) => {
    if (typeof value === 'string') return [name, value]
    throw new TypeError(`the constant ${JSON.stringify(name)} must be a string, not ${describe(value)}`)
  })
}

function flag(value, name) {
  if (value === undefined || value === null) return false
  if (typeof value !== 'boolean') throw new TypeError(`${name} must be true or false, not ${describe(value)}`)
  return value
}

module.exports = {
  bodyError,
  bytesOf,
  constantsOf,
  describe,
  flag,
  instant,
  optionsOf,
  pendingKind,
  readableBody,
  requestOf,
  seconds,
  secretsOf,
  text
}
