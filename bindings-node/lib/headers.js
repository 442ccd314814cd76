'use strict'

const { describe, pendingKind } = require('./input')

/** How many names are remembered: senders can make some up. */
const REMEMBERED = 256
/** From how many headers on it is quicker to go through all of a `Headers` than to ask it for each. */
const MANY = 4

/**
 * Finds the headers that a scheme reads among those of a request. Which name is which header, the core says; a name
 * that it was asked about is remembered.
 */
class HeaderFinder {
  #native
  #names
  /** A value for each header, while none is found. */
  #none
  /** 1 at each length that a name may have: most of a request's headers are passed over by that alone. */
  #lengths
  #places = new Map()

  constructor(native, { headers, headerLengths }) {
    this.#native = native
    this.#names = headers
    this.#none = headers.map(() => undefined)
    this.#lengths = new Uint8Array(Math.max(0, ...headerLengths) + 1)
    for (const length of headerLengths) this.#lengths[length] = 1
  }

  /** The values, each at its header's place: a string, several, or undefined. */
  find(headers) {
    const values = this.#none.slice()
    if (headers === undefined || headers === null) return values
    if (typeof headers !== 'object') throw headersError(headers)
    if (isHeaders(headers) && values.length < MANY) {
      // It compares names without case, and has one value of each.
      for (let place = 0; place < values.length; place += 1) {
        const name = this.#names[place]
        add(values, place, name, headers.get(name))
      }
    } else if (typeof headers[Symbol.iterator] === 'function') {
      this.#pairs(headers, values)
    } else {
      for (const name in headers) {
        if (this.#lengths[name.length] !== 1) continue
        const place = this.#places.get(name) ?? this.#ask(name)
        if (place >= 0 && Object.hasOwn(headers, name)) add(values, place, name, headers[name])
      }
    }
    return values
  }

  /** The headers that are found, names and values in turn. */
  pairs(headers) {
    return this.find(headers).flatMap((value, place) =>
      value === undefined ? [] : [value].flat().flatMap((one) => [this.#names[place], one])
    )
  }

  /** Pairs of name and value, or `rawHeaders`, in which they alternate. */
  #pairs(headers, values) {
    if (Array.isArray(headers) && typeof headers[0] === 'string') {
      checkTurns(headers)
      for (let index = 0; index < headers.length; index += 2) this.#pair(headers[index], headers[index + 1], values)
      return
    }
    for (const pair of headers) {
      if (!Array.isArray(pair) || pair.length !== 2) throw headersError(headers)
      this.#pair(pair[0], pair[1], values)
    }
  }

  #pair(name, value, values) {
    if (typeof name !== 'string') throw nameError(name)
    if (this.#lengths[name.length] !== 1) return
    const place = this.#places.get(name) ?? this.#ask(name)
    if (place >= 0) add(values, place, name, value)
  }

  #ask(name) {
    const place = this.#native.placeOf(name)
    if (this.#places.size < REMEMBERED) this.#places.set(name, place)
    return place
  }
}

/** Whether it is a `Headers` object, whoever made its class. */
function isHeaders(headers) {
  return typeof headers.get === 'function' && typeof headers.getSetCookie === 'function'
}

function add(values, place, name, value) {
  if (value === undefined || value === null) return
  if (typeof value === 'string') {
    values[place] = values[place] === undefined ? value : [values[place], value].flat()
  } else if (Array.isArray(value)) {
    for (const one of value) {
      if (Array.isArray(one)) throw valueError(name, one)
      add(values, place, name, one)
    }
  } else {
    throw valueError(name, value)
  }
}

function nameError(name) {
  return new TypeError(`a header's name must be a string, not ${describe(name)}`)
}

function valueError(name, value) {
  return new TypeError(`the header ${JSON.stringify(name)} must be a string or a list of strings, not ${describe(value)}`)
}

function headersError(headers) {
  return new TypeError(
    'the headers must be `request.headers`, a Headers or Map object, pairs of name and value, or the signature as a ' +
      `string, not ${describe(headers)}`
  )
}

/** That what was passed holds headers, which what has none may be mistaken for. */
function checkHeaders(headers) {
  if (typeof headers !== 'object' || headers === null) return
  const { headers: own } = headers
  if (typeof own === 'object' && own !== null) {
    throw new TypeError('the headers must be those of the request, not the request: pass its `headers`')
  }
  if (pendingKind(headers)) throw headersError(headers)
}

/** Every header of a request, names and values in turn. */
function allHeaders(headers) {
  if (headers === undefined || headers === null) return []
  if (typeof headers !== 'object') throw headersError(headers)
  checkHeaders(headers)
  const iterable = typeof headers[Symbol.iterator] === 'function'
  const alternating = Array.isArray(headers) && typeof headers[0] === 'string'
  const pairs = alternating ? inPairs(headers) : iterable ? headers : Object.entries(headers)
  const all = []
  for (const pair of pairs) {
    if (!Array.isArray(pair) || pair.length !== 2) throw headersError(headers)
    const [name, value] = pair
    if (typeof name !== 'string') throw nameError(name)
    const values = [undefined]
    add(values, 0, name, value)
    for (const one of values.flat()) if (one !== undefined) all.push(name, one)
  }
  return all
}

function checkTurns(alternating) {
  if (alternating.length % 2 !== 0) throw new TypeError('a list of headers must hold names and values in turn')
}

function inPairs(alternating) {
  checkTurns(alternating)
  return Array.from({ length: alternating.length / 2 }, (_, index) => alternating.slice(2 * index, 2 * index + 2))
}

module.exports = { HeaderFinder, allHeaders, checkHeaders }
