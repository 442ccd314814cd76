'use strict'

const binding = require('./binding')
const { translated } = require('./errors')
const { describe } = require('./input')

/** The text of a scheme that the core reads. */
let schemeText

/** How a sender signs, as TOML or JSON text or as an object. */
class Scheme {
  #text
  #name

  constructor(description) {
    this.#text = textOf(description)
    this.#name = translated(() => binding.readScheme(this.#text))
    Object.freeze(this)
  }

  get name() {
    return this.#name
  }

  static {
    schemeText = (scheme) => scheme.#text
  }
}

function textOf(description) {
  if (typeof description === 'string') return description
  if (typeof description === 'object' && description !== null && !Array.isArray(description)) {
    return JSON.stringify(description)
  }
  throw new TypeError(`a scheme must be an object or text in TOML or JSON, not ${describe(description)}`)
}

module.exports = { Scheme, schemeText }
