'use strict'

const binding = require('./binding')
const { translated } = require('./errors')
const { describe, pendingKind } = require('./input')

/** What the binding has of a scheme. */
let nativeOf

/** How a sender signs, as TOML or JSON text or as an object. */
class Scheme {
  #native

  constructor(description) {
    this.#native = description instanceof binding.NativeScheme ? description : parsed(description)
    Object.freeze(this)
  }

  static provider(name) {
    if (typeof name !== 'string') throw new TypeError(`the provider must be its name, not ${describe(name)}`)
    return new Scheme(translated(() => binding.NativeScheme.provider(name)))
  }

  get name() {
    return this.#native.name()
  }

  get title() {
    return this.#native.title()
  }

  get unsigned() {
    return Object.freeze(this.#native.unsigned())
  }

  get weaknesses() {
    return Object.freeze(this.#native.weaknesses())
  }

  get constants() {
    return Object.freeze(Object.fromEntries(this.#native.constants()))
  }

  get signsRequest() {
    return this.#native.signsRequest()
  }

  get hasHandshake() {
    return this.#native.hasHandshake()
  }

  static {
    nativeOf = (scheme) => scheme.#native
  }
}

function parsed(description) {
  const text = textOf(description)
  return translated(() => binding.NativeScheme.parse(text))
}

function textOf(description) {
  if (typeof description === 'string') return description
  if (typeof description === 'object' && description !== null && !Array.isArray(description) && !pendingKind(description)) {
    const text = JSON.stringify(description)
    if (typeof text === 'string') return text
    throw new TypeError('the scheme has a toJSON that gives nothing: pass the object that describes it')
  }
  throw new TypeError(`a scheme must be an object or text in TOML or JSON, not ${describe(description)}`)
}

module.exports = { Scheme, nativeOf }
