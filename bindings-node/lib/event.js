'use strict'

const { inspect } = require('node:util')

/** What only this library has: there is no event that was not verified. */
const VERIFIED = Symbol('verified')

/** Stands for data that was not asked for yet. */
const UNREAD = Symbol('unread')

/** What the binding says of a test that only asks whether the endpoint works, rather than being about test data. */
const CHECK = 2

class Event {
  #receiver
  #characters
  #body
  #type
  #id
  #idEnd
  #ownId
  #createdAt
  #test
  #keyIndex
  #json
  #jsonEnd
  #jsonIsBytes
  #data = UNREAD
  #dedupeKey

  /**
   * `receiver` is what the events of one webhook have in common. `characters` are the body, one for each byte, and so
   * is `json`, the data, if `jsonIsBytes`. `id` and `json` are texts, or where they begin in the body, or null.
   */
  constructor(verified, receiver, characters, type, id, idEnd, createdAt, test, keyIndex, json, jsonEnd, jsonIsBytes) {
    if (verified !== VERIFIED) throw new TypeError('only Webhook.verify makes an Event')
    this.#receiver = receiver
    this.#characters = characters
    this.#type = type
    this.#id = id
    this.#idEnd = idEnd
    this.#createdAt = createdAt
    this.#test = test
    this.#keyIndex = keyIndex
    this.#json = json
    this.#jsonEnd = jsonEnd
    this.#jsonIsBytes = jsonIsBytes
    Object.freeze(this)
  }

  get provider() {
    return this.#receiver.provider
  }

  get type() {
    return this.#type
  }

  get id() {
    return (this.#ownId ??= standalone(this.#part(this.#id, this.#idEnd)))
  }

  get createdAt() {
    return Number.isNaN(this.#createdAt) ? null : new Date(this.#createdAt)
  }

  get test() {
    return this.#test > 0
  }

  /** Whether it is a test that only checks the endpoint: for the adapters, which may be in another bundle. */
  get [Symbol.for('hookseal.check')]() {
    return this.#test === CHECK
  }

  get data() {
    if (this.#data === UNREAD) this.#data = this.#json === null ? undefined : JSON.parse(this.#text())
    return this.#data
  }

  get unsigned() {
    return this.#receiver.unsigned
  }

  get body() {
    return (this.#body ??= Buffer.from(this.#characters, 'latin1'))
  }

  get keyIndex() {
    return this.#keyIndex
  }

  get dedupeKey() {
    return (this.#dedupeKey ??= this.#receiver.native.dedupeKey(this.#type, this.id, this.body))
  }

  #text() {
    const json = this.#part(this.#json, this.#jsonEnd)
    return this.#jsonIsBytes ? this.#receiver.json(json) : json
  }

  #part(text, end) {
    return typeof text === 'number' ? this.#characters.slice(text, end) : text
  }

  /** Without personal data, so that it may be logged. */
  toJSON() {
    return { provider: this.provider, type: this.type, id: this.id }
  }

  [inspect.custom](_depth, options) {
    return `Event ${inspect(this.toJSON(), options)}`
  }
}

/**
 * The same text by itself: a part of the body's text keeps all of it in memory, for as long as the id is kept to
 * recognise the delivery. What is put together and taken apart again is flat, and of its own.
 */
function standalone(part) {
  return part === null ? null : ` ${part}`.slice(1)
}

for (const name of ['provider', 'type', 'id', 'createdAt', 'test', 'data', 'unsigned', 'body', 'keyIndex', 'dedupeKey']) {
  Object.defineProperty(Event.prototype, name, { enumerable: true })
}

module.exports = { Event, VERIFIED }
