'use strict'

const { bodyOf } = require('./binding')
const { inspection } = require('./host')

/** What only this library has: there is no event that was not verified. */
const VERIFIED = Symbol('verified')

/** The method by which an inbox gets at what it needs, in each copy of this module. */
const FOR_INBOX = Symbol.for('hookseal.inbox')

/** Stands for what was not asked for yet. */
const UNREAD = Symbol('unread')

/** What the binding says of a test that only asks whether the endpoint works, rather than being about test data. */
const CHECK = 2

/** An event as what `JSON.stringify` writes. */
let serialised

class Event {
  /** Own and no data: so structuredClone and postMessage, which would lose the event, fail instead. */
  toJSON = toJSON
  #receiver
  #characters
  #type
  #id
  #idEnd
  #ownId
  #createdAt
  #createdAtNanos
  #test
  #keyIndex
  #json
  #jsonEnd
  #jsonIsBytes
  #envelopeJson
  #data = UNREAD
  #envelope = UNREAD
  #dedupeKey

  /**
   * `receiver` is what the events of one webhook have in common. `characters` are the body, one for each byte, and so
   * are the JSON of the envelope and, if `jsonIsBytes`, of the data. `id`, `json` and `envelopeJson` are texts, or where
   * they begin in the body, or null.
   */
  constructor(
    verified,
    receiver,
    characters,
    type,
    id,
    idEnd,
    createdAt,
    createdAtNanos,
    test,
    keyIndex,
    json,
    jsonEnd,
    jsonIsBytes,
    envelopeJson
  ) {
    if (verified !== VERIFIED) throw new TypeError('only Webhook.verify makes an Event')
    this.#receiver = receiver
    this.#characters = characters
    this.#type = type
    this.#id = id
    this.#idEnd = idEnd
    this.#createdAt = createdAt
    this.#createdAtNanos = createdAtNanos
    this.#test = test
    this.#keyIndex = keyIndex
    this.#json = json
    this.#jsonEnd = jsonEnd
    this.#jsonIsBytes = jsonIsBytes
    this.#envelopeJson = envelopeJson
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

  get check() {
    return this.#test === CHECK
  }

  get data() {
    if (this.#data === UNREAD) this.#data = this.#parsed(this.#json, this.#jsonEnd, this.#jsonIsBytes)
    return this.#data
  }

  get envelope() {
    if (this.#envelope === UNREAD) {
      const isBytes = typeof this.#envelopeJson === 'number'
      this.#envelope = this.#parsed(this.#envelopeJson, this.#characters.length, isBytes)
    }
    return this.#envelope
  }

  get unsigned() {
    return this.#receiver.unsigned
  }

  /** A copy each time: whatever is written into it, the event stays what was authenticated. */
  get body() {
    return bodyOf(this.#characters)
  }

  get keyIndex() {
    return this.#keyIndex
  }

  get dedupeKey() {
    return (this.#dedupeKey ??= this.#receiver.native.dedupeKey(this.#type, this.id, this.body))
  }

  [FOR_INBOX]() {
    return { native: this.#receiver.native, type: this.#type, id: this.id ?? undefined, body: this.body }
  }

  #parsed(json, end, isBytes) {
    if (json === null) return undefined
    const text = this.#part(json, end)
    return JSON.parse(isBytes ? this.#receiver.json(text) : text)
  }

  #part(text, end) {
    return typeof text === 'number' ? this.#characters.slice(text, end) : text
  }

  /** The provider, the type and the id alone: what is printed is kept in logs. */
  [inspection](_depth, options, inspect) {
    const { provider, type, id } = this
    return `Event ${inspect({ provider, type, id }, options)}`
  }

  static {
    serialised = (event) => {
      if (!(typeof event === 'object' && event !== null && #receiver in event)) {
        throw new TypeError('this is a copy of an event, without what it holds: pass the event itself')
      }
      const { provider, type, id, test, check, data, unsigned, keyIndex, dedupeKey } = event
      return {
        provider,
        type,
        id,
        created_at: Number.isNaN(event.#createdAt) ? null : rfc3339(event.#createdAt, event.#createdAtNanos),
        test,
        check,
        ...(data === undefined ? {} : { data }),
        unsigned,
        key_index: keyIndex,
        dedupe_key: dedupeKey
      }
    }
  }
}

// Its text is what the error of structuredClone shows.
function toJSON() {
  /* Hand on event.toJSON(), or body and headers to verify again. */
  return serialised(this)
}

/** As every language writes it: no more digits of the second than there are. */
function rfc3339(milliseconds, nanos) {
  const text = new Date(milliseconds).toISOString()
  const fraction = `${text.slice(-4, -1)}${String(nanos).padStart(6, '0')}`.replace(/0+$/, '')
  return `${text.slice(0, -5)}${fraction && `.${fraction}`}Z`
}

/**
 * The same text by itself: a part of the body's text keeps all of it in memory, for as long as the id is kept to
 * recognise the delivery. What is put together and taken apart again is flat, and of its own.
 */
function standalone(part) {
  return part === null ? null : ` ${part}`.slice(1)
}

const FIELDS = ['provider', 'type', 'id', 'createdAt', 'test', 'check', 'data', 'envelope', 'unsigned', 'body', 'keyIndex', 'dedupeKey']
for (const name of FIELDS) Object.defineProperty(Event.prototype, name, { enumerable: true })

module.exports = { Event, FOR_INBOX, VERIFIED }
