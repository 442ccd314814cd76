'use strict'

/** An instance of the module, what is written into its memory, and what is read from it. */

/** The length of a field that is not there: see bindings-wasm/src/message.rs. */
const NONE = 0xffffffff
/** The memory of an instance never shrinks: one that has grown beyond this is given up after the call. */
const LARGE = 16 << 20
/** How much a call may pass at the most. */
const LARGEST = 64 << 20
/** What is written to at first: most deliveries fit. */
const USUAL = 16 << 10
/** Of a text shorter than this, characters are put together here, which is quicker than a decoder is. */
const SHORT = 24

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

class Memory {
  #wasm
  #exports
  #bytes
  #view
  #start = 0
  #size = 0
  #at = 0
  /** Which instance it is: what was made in another is not there. */
  generation = 0

  /** `wasm` is the compiled module. */
  constructor(wasm) {
    this.#wasm = wasm
  }

  /**
   * Runs `call` with the module's functions. What goes wrong in the module leaves it in no state to go on: it is given up,
   * and the next call finds a new instance.
   */
  run(call) {
    this.#exports ??= this.#instance()
    let result
    try {
      result = call(this.#exports)
    } catch (error) {
      if (error instanceof Refusal) throw error.cause
      this.#giveUp()
      throw new RangeError('hookseal failed: please report this with the runtime and the version of hookseal', { cause: error })
    }
    if (this.#exports.memory.buffer.byteLength > LARGE) this.#giveUp()
    return result
  }

  /** Gives back what a handle stands for, if its instance is there still. */
  release(handle, generation) {
    if (this.#exports !== undefined && generation === this.generation) this.run((exports) => exports.hookseal_release(handle))
  }

  #instance() {
    const { exports } = new WebAssembly.Instance(this.#wasm, {})
    this.generation += 1
    this.#size = 0
    this.#exports = exports
    this.reserve(USUAL)
    return exports
  }

  /** Wipes all of the instance's memory, with the keys in it. */
  #giveUp() {
    new Uint8Array(this.#exports.memory.buffer).fill(0)
    this.#exports = this.#bytes = this.#view = undefined
  }

  /** Makes room for a message of so many bytes, and begins it. */
  reserve(size) {
    if (size > LARGEST) throw new Refusal(new RangeError(`the body is too long: the module takes ${LARGEST >> 20} MiB, with room for each character`))
    if (size > this.#size) {
      if (this.#size > 0) this.#exports.hookseal_free(this.#start, this.#size)
      this.#size = 0
      const rounded = 2 ** Math.ceil(Math.log2(size))
      this.#start = this.#exports.hookseal_alloc(rounded) >>> 0
      this.#size = rounded
    }
    this.#refresh()
    this.#at = this.#start
    return this.#at
  }

  /** Memory that has grown is elsewhere. */
  #refresh() {
    const { buffer } = this.#exports.memory
    if (this.#bytes?.buffer === buffer && this.#bytes.length > 0) return
    this.#bytes = new Uint8Array(buffer)
    this.#view = new DataView(buffer)
  }

  /** Where the next byte is written. */
  get at() {
    return this.#at
  }

  /** Writes text or bytes as they are, and gives how many bytes they are. */
  put(content) {
    const start = this.#at
    if (typeof content === 'string') {
      const { length } = content
      if (length < SHORT && this.#putAscii(content, length)) return length
      this.#at += encoder.encodeInto(content, this.#bytes.subarray(start, this.#start + this.#size)).written
    } else {
      this.#bytes.set(content, start)
      this.#at += content.length
    }
    return this.#at - start
  }

  #putAscii(text, length) {
    const [bytes, start] = [this.#bytes, this.#at]
    for (let index = 0; index < length; index += 1) {
      const code = text.charCodeAt(index)
      if (code > 127) return false
      bytes[start + index] = code
    }
    this.#at = start + length
    return true
  }

  /** Writes a field: text, bytes, a list of fields, or undefined for one that is not there. */
  field(content) {
    const start = this.#at
    this.#at += 4
    if (content === undefined || content === null) {
      this.#view.setUint32(start, NONE, true)
      return
    }
    if (Array.isArray(content)) for (const one of content) this.field(one)
    else if (typeof content === 'number') this.#number(content)
    else this.put(content)
    this.#view.setUint32(start, this.#at - start - 4, true)
  }

  #number(number) {
    this.#view.setFloat64(this.#at, number, true)
    this.#at += 8
  }

  /** Writes all fields of a message, and calls `call` with where it is and its length; then it is wiped. */
  send(exports, fields, call) {
    const start = this.reserve(sizeOf(fields))
    for (const field of fields) this.field(field)
    const length = this.#at - start
    try {
      return call(start, length)
    } finally {
      if (this.#exports !== undefined) this.wipe(start, length)
    }
  }

  wipe(start, length) {
    this.#refresh()
    this.#bytes.fill(0, start, start + length)
  }

  /** The fields of the last call's result, as bytes that are valid until the next call. */
  results() {
    this.#refresh()
    return fieldsOf(this.#bytes, this.#view, this.#exports.hookseal_result() >>> 0, this.#exports.hookseal_result_len() >>> 0)
  }

  numbers(count) {
    return new Float64Array(this.#exports.memory.buffer, this.#exports.hookseal_numbers() >>> 0, count)
  }

  copy(start, length) {
    this.#refresh()
    return this.#bytes.slice(start, start + length)
  }
}

/** An error that is the caller's, and leaves the module as it is. */
class Refusal extends Error {
  constructor(cause) {
    super(cause.message, { cause })
  }
}

/** How many bytes the fields of a message take at the most. */
function sizeOf(fields) {
  let size = 0
  for (const field of fields) {
    size += 4
    if (typeof field === 'string') size += field.length * 3
    else if (typeof field === 'number') size += 8
    else if (Array.isArray(field)) size += sizeOf(field)
    else if (field !== undefined && field !== null) size += field.length
  }
  return size
}

function fieldsOf(bytes, view, start, length) {
  const fields = []
  const end = start + length
  while (start < end) {
    const size = view.getUint32(start, true)
    start += 4
    if (size === NONE) {
      fields.push(undefined)
    } else {
      fields.push(bytes.subarray(start, start + size))
      start += size
    }
  }
  return fields
}

/** The text of a field. */
function textOf(bytes) {
  if (bytes === undefined) return undefined
  if (bytes.length < SHORT) {
    let text = ''
    for (const byte of bytes) {
      if (byte > 127) return decoder.decode(bytes)
      text += String.fromCharCode(byte)
    }
    return text
  }
  return decoder.decode(bytes)
}

/** The texts of a field that is a list. */
function listOf(bytes) {
  const view = new DataView(bytes.buffer)
  return fieldsOf(new Uint8Array(bytes.buffer), view, bytes.byteOffset, bytes.length).map(textOf)
}

module.exports = { Memory, Refusal, listOf, textOf }
