'use strict'

const binding = require('./binding')
const { errorOf, translated } = require('./errors')
const { Event, VERIFIED } = require('./event')
const { HeaderFinder, allHeaders } = require('./headers')
const { bodyError, bytesOf, describe, instant, readableBody, seconds, secretsOf, text: optionalText } = require('./input')
const { Report } = require('./report')
const { Scheme, schemeText } = require('./scheme')

// Where the binding leaves what a verification results in; it is read before anything else can run.
const numbers = new Float64Array(9)
const results = [undefined, undefined, undefined]
const [DATA_START, DATA_END, DATA_IS_ASCII, ID_START, ID_END, TYPE, CREATED_AT, TEST, KEY_INDEX] = numbers.keys()
const [TYPE_TEXT, ID_TEXT, DATA_TEXT] = results.keys()
const [CODE, MESSAGE] = results.keys()
/** As the start of what does not stand in the body's text. */
const IN_RESULTS = -1

class Webhook {
  #receiver
  #finder
  #verify
  #verifySignature
  #acceptsParsed
  /** The types that the binding has indices for, so that there is one string of each. */
  #types = []

  constructor(provider, secret, options = {}) {
    const { tolerance, scheme } = options
    const name = provider instanceof Scheme ? undefined : nameOf(provider)
    const own = name === undefined ? provider : ownScheme(scheme)
    const native = translated(
      () =>
        new binding.Native(
          name,
          own === undefined ? undefined : schemeText(own),
          secretsOf(secret),
          seconds(tolerance),
          numbers
        )
    )
    const facts = native.facts()
    this.#receiver = { native, json: native.json(), provider: facts.name, unsigned: Object.freeze(facts.unsigned) }
    this.#finder = new HeaderFinder(native, facts)
    this.#verify = native.verify()
    this.#verifySignature = native.verifySignature()
    this.#acceptsParsed = facts.signsEcmascript
  }

  get provider() {
    return this.#receiver.provider
  }

  verify(body, headers, options) {
    const now = options === undefined ? undefined : instant(options.now, 'now')
    const given = readableBody(body, this.#acceptsParsed)
    const authenticated =
      typeof headers === 'string'
        ? this.#verifySignature(results, given, now, headers)
        : this.#withHeaders(given, now, this.#finder.find(headers))
    return authenticated === undefined ? refuse(given) : this.#event(authenticated)
  }

  /** Spelt out for as many headers as the known schemes read, which is quicker than to spread them. */
  #withHeaders(body, now, values) {
    switch (values.length) {
      case 1:
        return this.#verify(results, body, now, values[0])
      case 3:
        return this.#verify(results, body, now, values[0], values[1], values[2])
      case 6:
        return this.#verify(results, body, now, values[0], values[1], values[2], values[3], values[4], values[5])
      default:
        return this.#verify(results, body, now, ...values)
    }
  }

  #event(body) {
    const type = this.#type(numbers[TYPE])
    const id = place(numbers[ID_START], ID_TEXT)
    const json = place(numbers[DATA_START], DATA_TEXT)
    const jsonIsBytes = typeof json === 'number' && numbers[DATA_IS_ASCII] === 0
    const created = numbers[CREATED_AT]
    const test = numbers[TEST] | 0
    const keyIndex = numbers[KEY_INDEX] | 0
    const idEnd = numbers[ID_END] | 0
    const jsonEnd = numbers[DATA_END] | 0
    return new Event(VERIFIED, this.#receiver, body, type, id, idEnd, created, test, keyIndex, json, jsonEnd, jsonIsBytes)
  }

  #type(index) {
    if (index === IN_RESULTS) return results[TYPE_TEXT]
    return (this.#types[index] ??= this.#receiver.native.typeAt(index))
  }

  explain(body, headers, options = {}) {
    const bytes = bytesOf(body, this.#acceptsParsed)
    const [signature, pairs] = typeof headers === 'string' ? [headers, []] : [undefined, allHeaders(headers)]
    const secrets = secretsOf(options.secrets ?? [])
    const [json, text] = this.#receiver.native.explain(bytes, pairs, signature, secrets, instant(options.now, 'now'))
    return new Report(json, text)
  }

  sign(body, options = {}) {
    const bytes = bytesOf(body, this.#acceptsParsed)
    const type = optionalText(options.type, 'type')
    const id = optionalText(options.id, 'id')
    const timestamp = instant(options.timestamp, 'timestamp')
    return Object.fromEntries(translated(() => this.#receiver.native.sign(bytes, type, id, timestamp)))
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

function ownScheme(scheme) {
  if (scheme === undefined || scheme === null) return undefined
  return scheme instanceof Scheme ? scheme : new Scheme(scheme)
}

function refuse(body) {
  const [code, message] = [results[CODE], results[MESSAGE]]
  if (code !== '') throw errorOf(code, message)
  throw bodyError(message, body)
}

module.exports = { Webhook }
