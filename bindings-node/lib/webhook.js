'use strict'

const binding = require('./binding')
const { errorOf, translated } = require('./errors')
const { Event, FOR_INBOX, VERIFIED } = require('./event')
const { HeaderFinder, allHeaders, checkHeaders } = require('./headers')
const {
  bodyError,
  bytesOf,
  constantsOf,
  describe,
  flag,
  instant,
  optionsOf,
  readableBody,
  requestOf,
  seconds,
  secretsOf,
  text: optionalText
} = require('./input')
const { Report } = require('./report')
const { Scheme, nativeOf } = require('./scheme')

// Where the binding leaves what a verification results in; it is read before anything else can run.
const { IN_RESULTS, NumberSlot, TextSlot, FailureSlot } = binding
const numbers = new Float64Array(Object.keys(NumberSlot).length)
const results = Object.keys(TextSlot).map(() => undefined)

/** In each copy of this module, as with those of the inbox. */
const DECODE = Symbol.for('hookseal.decode')

class Webhook {
  #receiver
  #finder
  #verify
  #verifySignature
  #verifyRequest
  #acceptsParsed
  #maxBody
  #warnings
  /** The types that the binding has indices for, so that there is one string of each. */
  #types = []

  constructor(provider, secret, options) {
    const own = optionsOf(options, ['tolerance', 'scheme', 'constants', 'origin', 'acceptUnsigned'])
    const name = provider instanceof Scheme ? undefined : nameOf(provider)
    if (name === undefined && own.scheme !== undefined && own.scheme !== null) {
      throw new TypeError('the scheme is given twice, as the provider and among the options')
    }
    const given = name === undefined ? provider : ownScheme(own.scheme)
    const ofScheme = given === undefined ? undefined : nativeOf(given)
    const secrets = secretsOf(secret)
    const settings = {
      tolerance: seconds(own.tolerance),
      constants: constantsOf(own.constants),
      origin: optionalText(own.origin, 'origin'),
      acceptUnsigned: flag(own.acceptUnsigned, 'acceptUnsigned')
    }
    const native = translated(() => new binding.Native(name, ofScheme, secrets, settings, numbers))
    const facts = native.facts()
    this.#receiver = { native, json: native.json(), provider: facts.name, unsigned: Object.freeze(facts.unsigned) }
    this.#finder = new HeaderFinder(native, facts)
    this.#verify = native.verify()
    this.#verifySignature = native.verifySignature()
    this.#verifyRequest = native.verifyRequest()
    this.#acceptsParsed = facts.signsEcmascript
    this.#maxBody = facts.maxBody
    this.#warnings = Object.freeze(facts.warnings)
  }

  get provider() {
    return this.#receiver.provider
  }

  get scheme() {
    return new Scheme(this.#receiver.native.scheme())
  }

  get maxBody() {
    return this.#maxBody
  }

  get warnings() {
    return this.#warnings
  }

  verify(body, headers, options) {
    let now
    if (options !== undefined) {
      const own = optionsOf(options, ['now', 'method', 'url'])
      now = instant(own.now, 'now')
      const { method, url } = requestOf(own)
      if (method !== undefined || url !== undefined) return this.#withRequest(body, headers, now, method, url)
    }
    const given = readableBody(body, this.#acceptsParsed)
    const found = typeof headers === 'string' ? undefined : this.#finder.find(headers)
    numbers[NumberSlot.Now] = now ?? NaN
    const authenticated =
      found === undefined ? this.#verifySignature(results, given, headers) : this.#withHeaders(given, found)
    return authenticated === undefined ? refuse(given, headers) : this.#event(authenticated)
  }

  #withRequest(body, headers, now, method, url) {
    const given = readableBody(body, this.#acceptsParsed)
    const [signature, found] = typeof headers === 'string' ? [headers, []] : [undefined, this.#finder.find(headers)]
    numbers[NumberSlot.Now] = now ?? NaN
    const authenticated = this.#verifyRequest(results, given, method, url, signature, ...found)
    return authenticated === undefined ? refuse(given, headers) : this.#event(authenticated)
  }

  /** Spelt out for as many headers as the known schemes read, which is quicker than to spread them. */
  #withHeaders(body, values) {
    switch (values.length) {
      case 1:
        return this.#verify(results, body, values[0])
      case 3:
        return this.#verify(results, body, values[0], values[1], values[2])
      case 6:
        return this.#verify(results, body, values[0], values[1], values[2], values[3], values[4], values[5])
      default:
        return this.#verify(results, body, ...values)
    }
  }

  #event(body) {
    const json = place(numbers[NumberSlot.DataStart], TextSlot.Data)
    return new Event(
      VERIFIED,
      this.#receiver,
      body,
      this.#type(numbers[NumberSlot.Type]),
      place(numbers[NumberSlot.IdStart], TextSlot.Id),
      numbers[NumberSlot.IdEnd] | 0,
      numbers[NumberSlot.CreatedAt],
      numbers[NumberSlot.CreatedAtNanos],
      numbers[NumberSlot.Test] | 0,
      numbers[NumberSlot.KeyIndex] | 0,
      json,
      numbers[NumberSlot.DataEnd] | 0,
      typeof json === 'number' && numbers[NumberSlot.DataIsAscii] === 0,
      place(numbers[NumberSlot.Envelope], TextSlot.Envelope)
    )
  }

  #type(index) {
    if (index === IN_RESULTS) return results[TextSlot.Type]
    return (this.#types[index] ??= this.#receiver.native.typeAt(index))
  }

  /** What an inbox needs of its webhooks, from wherever this module was loaded. */
  [FOR_INBOX]() {
    const eventOf = this.#receiver.native.eventOf()
    return {
      native: this.#receiver.native,
      bytes: (body) => bytesOf(body, this.#acceptsParsed),
      headers: (headers) => (typeof headers === 'string' ? [] : this.#finder.pairs(headers)),
      refuse: refuseBy,
      event: (verified) => {
        this.#receiver.native.hold(verified)
        return this.#event(eventOf(results))
      }
    }
  }

  /** What an adapter needs to undo a body's `Content-Encoding`. */
  [DECODE](body, contentEncoding, maxBody) {
    return binding.decodeBody(body, contentEncoding, maxBody)
  }

  handshake(body, headers, options) {
    const request = requestOf(optionsOf(options, ['method', 'url']))
    const bytes = bytesOf(body, this.#acceptsParsed)
    const [signature, pairs] = typeof headers === 'string' ? [headers, []] : [undefined, this.#finder.pairs(headers)]
    try {
      return binding.handshake(this.#receiver.native, bytes, { headers: pairs, signature, ...request })
    } catch (error) {
      return refuseBy(error, headers)
    }
  }

  explain(body, headers, options) {
    const given = optionsOf(options, ['secrets', 'now', 'method', 'url'])
    const bytes = bytesOf(body, this.#acceptsParsed)
    const [signature, pairs] = typeof headers === 'string' ? [headers, []] : [undefined, allHeaders(headers)]
    const head = { headers: pairs, signature, ...requestOf(given) }
    const secrets = secretsOf(given.secrets ?? [])
    const [json, text] = this.#receiver.native.explain(bytes, head, secrets, instant(given.now, 'now'))
    return new Report(json, text)
  }

  sign(body, options) {
    const own = optionsOf(options, ['type', 'id', 'timestamp', 'method', 'url', 'headers', 'privateKey'])
    const bytes = bytesOf(body, this.#acceptsParsed)
    const given = {
      eventType: optionalText(own.type, 'type'),
      id: optionalText(own.id, 'id'),
      timestamp: instant(own.timestamp, 'timestamp'),
      ...requestOf(own),
      headers: othersOf(own.headers),
      privateKey: optionalText(own.privateKey, 'privateKey')
    }
    return Object.fromEntries(translated(() => this.#receiver.native.sign(bytes, given)))
  }
}

/** Where a text begins in the body, or the text itself, or null. */
function place(start, inResults) {
  if (start >= 0) return start | 0
  return start === IN_RESULTS ? results[inResults] : null
}

function nameOf(provider) {
  if (typeof provider === 'string') return provider
  throw new TypeError(`the provider must be its name or a Scheme, not ${describe(provider)}`)
}

/** Headers that are signed, for which a signature alone cannot stand. */
function othersOf(headers) {
  if (typeof headers === 'string') throw new TypeError('the headers must have names: pass an object, or pairs of name and value')
  return allHeaders(headers)
}

function ownScheme(scheme) {
  if (scheme === undefined || scheme === null) return undefined
  return scheme instanceof Scheme ? scheme : new Scheme(scheme)
}

function refuse(body, headers) {
  const [code, message] = [results[FailureSlot.Code], results[FailureSlot.Message]]
  if (code === '') throw bodyError(message, body)
  if (code === 'missing_header') checkHeaders(headers)
  throw errorOf(code, message)
}

/** The same for an error that the binding throws. */
function refuseBy(error, headers) {
  if (error?.code === 'missing_header') checkHeaders(headers)
  return translated(() => {
    throw error
  })
}

module.exports = { Webhook }
