'use strict'

/**
 * The binding over the WebAssembly module: the classes and functions that the native library has (`native.d.ts`), but for the
 * inbox. All that a body or a scheme means, the module says.
 */

const { shared } = require('./host')
const { Memory, Refusal, listOf, textOf } = require('./memory')

const NumberSlot = {
  DataStart: 0,
  DataEnd: 1,
  DataIsAscii: 2,
  Envelope: 3,
  IdStart: 4,
  IdEnd: 5,
  Type: 6,
  CreatedAt: 7,
  CreatedAtNanos: 8,
  Test: 9,
  KeyIndex: 10,
  Now: 11
}
const TextSlot = { Type: 0, Id: 1, Data: 2, Envelope: 3 }
const FailureSlot = { Code: 0, Message: 1 }
const IN_RESULTS = -1
/** The numbers in the order in which the module has them: see bindings-wasm/src/verify.rs. */
const NUMBERS = ['DataStart', 'DataEnd', 'Envelope', 'IdStart', 'IdEnd', 'CreatedAt', 'CreatedAtNanos', 'Test', 'KeyIndex']
const SLOTS = NUMBERS.map((name) => NumberSlot[name])
/** What the module has a body as. */
const [REFUSED, AS_GIVEN] = [0, 1]
/** That there is no handshake, and nothing to decode. */
const NOTHING = 2

/** An authenticated body: its bytes, and the texts in it. */
class Body {
  constructor(bytes) {
    this.bytes = bytes
  }

  get length() {
    return this.bytes.length
  }

  slice(start, end) {
    return textOf(this.bytes.subarray(start, end))
  }
}

/** Of the compiled module, all that the library needs. */
function bindingOf(wasm) {
  const memory = new Memory(wasm)

  /** Gives what is not used any more back to the instance that it is in. */
  const registry =
    typeof FinalizationRegistry === 'function' &&
    new FinalizationRegistry(({ handle, generation }) => memory.release(handle, generation))

  function refused() {
    const [code, message] = memory.results().map(textOf)
    return new Refusal(Object.assign(new Error(message), { code }))
  }

  /** Something in the module, which is made again in each new instance. */
  class Kept {
    #make
    #place = { handle: 0, generation: 0 }

    /** `make` gives a handle, or 0 and an error as the result. */
    constructor(make) {
      this.#make = make
      memory.run((exports) => this.handle(exports))
      if (registry) registry.register(this, this.#place)
    }

    /** Only within `memory.run`. */
    handle(exports) {
      const place = this.#place
      if (place.generation !== memory.generation) {
        place.handle = this.#make(exports)
        if (place.handle === 0) throw refused()
        place.generation = memory.generation
      }
      return place.handle
    }

    /** What the module says of it. */
    ask(call) {
      return memory.run((exports) => {
        call(exports, this.handle(exports))
        return memory.results().map((field) => field?.slice())
      })
    }
  }

  class NativeScheme extends Kept {
    #facts

    static parse(text) {
      return new NativeScheme((exports) => parse(exports, 'hookseal_scheme_parse', text))
    }

    static provider(name) {
      return new NativeScheme((exports) => parse(exports, 'hookseal_scheme_provider', name))
    }

    #all() {
      return (this.#facts ??= this.ask((exports, handle) => exports.hookseal_scheme_facts(handle)))
    }

    name() {
      return textOf(this.#all()[0])
    }

    title() {
      return textOf(this.#all()[1])
    }

    unsigned() {
      return listOf(this.#all()[2])
    }

    weaknesses() {
      return listOf(this.#all()[3])
    }

    constants() {
      return inPairs(listOf(this.#all()[4]))
    }

    signsRequest() {
      return this.#all()[5] !== undefined
    }

    hasHandshake() {
      return this.#all()[6] !== undefined
    }
  }

  function parse(exports, name, text) {
    if (exports[name] === undefined) {
      const message = 'this module reads no schemes, which keeps it small: import Scheme and Webhook from hookseal/explain'
      throw new Refusal(Object.assign(new Error(message), { code: 'invalid_scheme' }))
    }
    const start = memory.reserve(text.length * 3 + 1)
    return exports[name](start, memory.put(text))
  }

  class Native extends Kept {
    #numbers

    constructor(provider, scheme, secrets, { tolerance, constants, origin, acceptUnsigned }, numbers) {
      const given = secrets.map((secret) => (typeof secret === 'string' ? generalised(secret) : Uint8Array.from(secret)))
      const fields = [provider, tolerance, origin, acceptUnsigned ? '' : undefined, given, constants]
      super((exports) => {
        const handle = scheme ? scheme.handle(exports) : 0
        return memory.send(exports, fields, (start, length) => exports.hookseal_webhook(handle, start, length))
      })
      this.#numbers = numbers
    }

    facts() {
      const [name, unsigned, headers, lengths, maxBody, warnings, signsEcmascript] = this.ask((exports, handle) =>
        exports.hookseal_facts(handle)
      )
      return {
        name: textOf(name),
        unsigned: listOf(unsigned),
        headers: listOf(headers),
        headerLengths: listOf(lengths).map(Number),
        maxBody: Number(textOf(maxBody)),
        warnings: listOf(warnings),
        signsEcmascript: signsEcmascript !== undefined
      }
    }

    scheme() {
      return new NativeScheme((exports) => exports.hookseal_scheme_of(this.handle(exports)))
    }

    placeOf(name) {
      return memory.run((exports) => {
        const handle = this.handle(exports)
        const start = memory.reserve(name.length * 3 + 1)
        return exports.hookseal_place_of(handle, start, memory.put(name))
      })
    }

    verify() {
      return (results, body, ...values) => this.#verify(results, body, undefined, undefined, undefined, values)
    }

    verifySignature() {
      return (results, body, signature) => this.#verify(results, body, undefined, undefined, signature, [])
    }

    verifyRequest() {
      return (results, body, method, url, signature, ...values) => this.#verify(results, body, method, url, signature, values)
    }

    json() {
      // The body's texts are decoded already.
      return (text) => text
    }

    #verify(results, body, method, url, signature, values) {
      const given = typeof body === 'string' ? body : viewOf(body)
      if (given === undefined || typeof given === 'number') {
        results[FailureSlot.Code] = ''
        results[FailureSlot.Message] = MISUSES[given ?? 0]
        return undefined
      }
      const now = this.#numbers[NumberSlot.Now]
      return memory.run((exports) => {
        const handle = this.handle(exports)
        const head = [method, url, signature, signature === undefined ? placed(values) : undefined]
        const bodySize = typeof given === 'string' ? given.length * 3 : given.length
        const start = memory.reserve(sizeOfHead(head) + bodySize)
        for (const field of head) memory.field(field)
        const bodyStart = memory.at
        const length = memory.put(given)
        const status = exports.hookseal_verify(handle, start, bodyStart - start, bodyStart, length, Number.isNaN(now) ? Date.now() : now)
        // A header may be the secret itself.
        memory.wipe(start, bodyStart - start)
        const fields = memory.results()
        if (status === REFUSED) {
          results[FailureSlot.Code] = textOf(fields[0])
          results[FailureSlot.Message] = textOf(fields[1])
          return undefined
        }
        this.#report(results, fields)
        return new Body(status === AS_GIVEN ? memory.copy(bodyStart, length) : fields[4].slice())
      })
    }

    #report(results, [type, id, data, envelope]) {
      const found = memory.numbers(SLOTS.length)
      const numbers = this.#numbers
      for (let index = 0; index < SLOTS.length; index += 1) numbers[SLOTS[index]] = found[index]
      numbers[NumberSlot.DataIsAscii] = 1
      numbers[NumberSlot.Type] = IN_RESULTS
      results[TextSlot.Type] = textOf(type)
      results[TextSlot.Id] = textOf(id)
      results[TextSlot.Data] = textOf(data)
      results[TextSlot.Envelope] = textOf(envelope)
    }

    explain(body, head, secrets, now = Date.now()) {
      const given = secrets.map((secret) => (typeof secret === 'string' ? generalised(secret) : secret))
      return memory.run((exports) => {
        if (exports.hookseal_explain === undefined) {
          throw new Refusal(new Error('this module explains nothing, which keeps it small: import Webhook from hookseal/explain'))
        }
        const handle = this.handle(exports)
        memory.send(exports, [...request(body, head), given], (...message) => exports.hookseal_explain(handle, ...message, now))
        return memory.results().map(textOf)
      })
    }

    sign(body, { eventType, id, timestamp, method, url, headers, privateKey }) {
      return memory.run((exports) => {
        const handle = this.handle(exports)
        const fields = [...request(body, { method, url, headers }), eventType, id, timestamp, privateKey]
        const status = memory.send(exports, fields, (...message) => exports.hookseal_sign(handle, ...message, Date.now()))
        if (status === REFUSED) throw refused()
        return inPairs(memory.results().map(textOf))
      })
    }

    handshake(body, head) {
      return memory.run((exports) => {
        const handle = this.handle(exports)
        const status = memory.send(exports, request(body, head), (...message) =>
          exports.hookseal_handshake(handle, ...message, Date.now())
        )
        if (status === REFUSED) throw refused()
        if (status === NOTHING) return null
        const [contentType, answer] = memory.results().map(textOf)
        return { contentType, body: answer }
      })
    }

    dedupeKey(type, id, body) {
      return memory.run((exports) => {
        const handle = this.handle(exports)
        memory.send(exports, [type, id ?? undefined, body], (...message) => exports.hookseal_dedupe_key(handle, ...message))
        return textOf(memory.results()[0])
      })
    }
  }

  /** A module without decoders gives the body as it is. */
  function decodeBody(body, contentEncoding, maxBody) {
    return memory.run((exports) => {
      if (exports.hookseal_decode === undefined) return {}
      const bytes = new Uint8Array(body.buffer, body.byteOffset, body.byteLength)
      const status = memory.send(exports, [bytes, contentEncoding], (...message) => exports.hookseal_decode(...message, maxBody))
      if (status === NOTHING) return {}
      const [decoded, message, httpStatus] = memory.results()
      if (status !== REFUSED) return { body: shared(decoded.slice()) }
      return { code: textOf(decoded), message: textOf(message), httpStatus: Number(textOf(httpStatus)) }
    })
  }

  const listed = (name) =>
    memory.run((exports) => {
      exports[name]()
      return memory.results().map(textOf)
    })

  return {
    Native,
    NativeScheme,
    NumberSlot,
    TextSlot,
    FailureSlot,
    IN_RESULTS,
    errorCodes: () => inThrees(listed('hookseal_errors')),
    providerNames: () => listed('hookseal_providers'),
    decodeBody,
    handshake: (native, body, head) => native.handshake(body, head),
    bodyOf: ({ bytes }) => shared(bytes.slice())
  }
}

/** Why a body is not read; the first is of what is no body at all. */
const MISUSES = ['type', 'detached', 'shared']

/** The bytes of a body that is not text, or the number of what is wrong with it. */
function viewOf(body) {
  if (ArrayBuffer.isView(body)) {
    const tag = body[Symbol.toStringTag]
    if (tag !== 'Uint8Array' && tag !== 'DataView') return 0
    const { buffer, byteOffset, byteLength } = body
    if (buffer.constructor?.name === 'SharedArrayBuffer') return 2
    if (isDetached(buffer)) return 1
    return new Uint8Array(buffer, byteOffset, byteLength)
  }
  return isDetached(body) ? 1 : new Uint8Array(body)
}

/** Where the runtime does not tell, one that is detached cannot be viewed. */
function isDetached(buffer) {
  if (typeof buffer.detached === 'boolean') return buffer.detached
  if (buffer.byteLength > 0) return false
  try {
    new Uint8Array(buffer)
    return false
  } catch {
    return true
  }
}

/** The values of headers, each behind its place. */
function placed(values) {
  const fields = []
  for (let place = 0; place < values.length; place += 1) {
    const value = values[place]
    if (value === undefined) continue
    const number = Uint8Array.of(place)
    for (const one of Array.isArray(value) ? value : [value]) fields.push(number, one)
  }
  return fields
}

function sizeOfHead(head) {
  let size = 64
  for (const field of head) {
    if (typeof field === 'string') size += field.length * 3
    else if (Array.isArray(field)) for (const one of field) size += 4 + one.length * 3
  }
  return size
}

/** A request's fields, as the module reads them. */
function request(body, { method, url, signature, headers }) {
  return [body, method, url, signature, headers]
}

function inPairs(list) {
  return Array.from({ length: list.length / 2 }, (_, index) => list.slice(2 * index, 2 * index + 2))
}

function inThrees(list) {
  return Array.from({ length: list.length / 3 }, (_, index) => {
    const [code, className, httpStatus] = list.slice(3 * index, 3 * index + 3)
    return { code, className, httpStatus: Number(httpStatus) }
  })
}

/** UTF-8, but that half a surrogate pair is written as a character would be: so it is told from what is UTF-8. */
function generalised(text) {
  const bytes = []
  for (const character of text) {
    const code = character.codePointAt(0)
    if (code < 0x80) bytes.push(code)
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63))
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
  }
  return Uint8Array.from(bytes)
}

module.exports = { bindingOf }
