'use strict'

/** The same as lib/host.js, of what every runtime has. */

const tagOf = (value) => Object.prototype.toString.call(value)
const encoder = new TextEncoder()

const types = {
  // Only Node can tell.
  isProxy: () => false,
  isDate: (value) => tagOf(value) === '[object Date]',
  isArrayBuffer: (value) => tagOf(value) === '[object ArrayBuffer]',
  isSharedArrayBuffer: (value) => tagOf(value) === '[object SharedArrayBuffer]',
  isUint8Array: (value) => ArrayBuffer.isView(value) && value[Symbol.toStringTag] === 'Uint8Array',
  isDataView: (value) => ArrayBuffer.isView(value) && tagOf(value) === '[object DataView]'
}

/** A `Buffer` where there is one, as in Node. */
const shared = (bytes) =>
  typeof Buffer === 'function' ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) : bytes

function bytesFrom(content, offset, length) {
  return shared(typeof content === 'string' ? encoder.encode(content) : new Uint8Array(content, offset, length))
}

function concatenated(chunks, length) {
  const all = new Uint8Array(length)
  let at = 0
  for (const { buffer, byteOffset, byteLength } of chunks) {
    all.set(new Uint8Array(buffer, byteOffset, byteLength), at)
    at += byteLength
  }
  return shared(all)
}

module.exports = {
  types,
  inspection: Symbol.for('nodejs.util.inspect.custom'),
  bytesFrom,
  concatenated,
  lengthOf: (text) => encoder.encode(text).length,
  shared
}
