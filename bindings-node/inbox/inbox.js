'use strict'

const { inboxSchema, unreachable } = require('../lib/binding.js')
const { describe, optionsOf, requestOf } = require('../lib/input.js')
const { connectionOf, databaseOf, transactionOf } = require('./connections.js')
const { InboxError, misused, translated } = require('./error.js')
const { drive } = require('./operation.js')
const { FOR_INBOX, settingsOf } = require('./options.js')

const CLAIMED = Symbol('claimed')

/** What workers do that nobody else should. */
let workOf
let heldOf

/** A delivery that is leased. */
class Claimed {
  #native
  #event
  #source

  constructor(made, native, source) {
    if (made !== CLAIMED) throw new TypeError('only Inbox.claim makes a Claimed')
    this.#native = native
    this.#source = source
  }

  get seq() {
    return this.#native.seq()
  }

  get attempt() {
    return this.#native.attempt()
  }

  get source() {
    return this.#native.source()
  }

  get receivedAt() {
    return new Date(this.#native.receivedAt())
  }

  get event() {
    return (this.#event ??= this.#source.event(this.#native.event()))
  }

  /** Without personal data. */
  [Symbol.for('nodejs.util.inspect.custom')](_depth, options, inspect) {
    const { seq, attempt, source, event } = this
    return `Claimed ${inspect({ seq, attempt, source, event }, options)}`
  }

  static {
    heldOf = (claimed) => {
      if (typeof claimed === 'object' && claimed !== null && #native in claimed) return claimed.#native
      throw new TypeError(`the delivery must be one that \`claim\` gave, not ${describe(claimed)}`)
    }
  }
}

for (const name of ['seq', 'attempt', 'source', 'receivedAt', 'event']) {
  Object.defineProperty(Claimed.prototype, name, { enumerable: true })
}

class Inbox {
  #database
  #settings
  /** The core's inbox for each way to mark parameters. */
  #natives = new Map()

  constructor(database, options) {
    this.#settings = settingsOf(options)
    this.#database = databaseOf(database, this.#settings.dialect)
    this.#native()
  }

  static schema(dialect, prefix) {
    return translated(() => inboxSchema(String(dialect), prefix))
  }

  get lease() {
    return this.#native().lease()
  }

  migrate() {
    return this.#alone((native, isOpen) => native.migrate(isOpen))
  }

  async receive(body, headers, options) {
    const own = optionsOf(options, ['source', 'method', 'url'])
    const name = checkedName(own.source)
    const { bytes, headers: pairs, refuse, event } = this.#source(name)
    const signature = typeof headers === 'string' ? headers : undefined
    const given = bytes(body)
    const head = { headers: pairs(headers), signature, ...requestOf(own) }
    let verified
    try {
      // What is not genuine takes no connection of the pool.
      verified = translated(() => this.#native().verify(name, given, head))
    } catch (error) {
      return refuse(error, headers)
    }
    const outcome = await this.#alone((native, isOpen) => native.store(verified, isOpen))
    return Object.freeze({ outcome: outcome.status, isConflict: outcome.isConflict, event: event(verified.event()) })
  }

  async once(connection, event, options) {
    const name = sourceName(options)
    if (typeof event?.[FOR_INBOX] !== 'function') {
      throw new TypeError(`the event must be one that \`verify\` or an adapter gave, not ${describe(event)}`)
    }
    const { native: webhook, type, id, body } = event[FOR_INBOX]()
    return this.#within(connection, (native, isOpen) => translated(() => native.once(name, webhook, type, id, body, isOpen)))
  }

  async claim(limit = 1) {
    if (!(Number.isInteger(limit) && limit > 0)) throw new RangeError('limit must be a positive number of deliveries')
    const claimed = await this.#alone((native, isOpen) => native.claim(limit, isOpen))
    return claimed.map((one) => new Claimed(CLAIMED, one, this.#settings.sources.get(one.source())))
  }

  async savepoint(connection, claimed) {
    const held = heldOf(claimed)
    await this.#within(connection, (native, isOpen) => native.savepoint(held, isOpen))
  }

  async complete(connection, claimed) {
    const held = heldOf(claimed)
    await this.#within(connection, (native, isOpen) => native.complete(held, isOpen))
  }

  async release(claimed, error) {
    const held = heldOf(claimed)
    return this.#alone((native, isOpen) => native.release(held, classOf(error), isOpen))
  }

  async dead(claimed, error) {
    const held = heldOf(claimed)
    await this.#alone((native, isOpen) => native.dead(held, classOf(error), isOpen))
  }

  async extend(claimed) {
    const held = heldOf(claimed)
    await this.#alone((native, isOpen) => native.extend(held, isOpen))
  }

  stats() {
    return this.#alone((native, isOpen) => native.stats(isOpen))
  }

  openmetrics() {
    return this.#alone((native, isOpen) => native.openmetrics(isOpen))
  }

  async list(filter) {
    const own = optionsOf(filter, ['state', 'source', 'eventType', 'search', 'before', 'limit'])
    const { state, source, eventType, search, before, limit } = own
    const entries = await this.#alone((native, isOpen) => {
      const operation = native.list(state, source, eventType, search, before, limit, isOpen)
      if (operation === null) throw new RangeError(`there is no state ${JSON.stringify(state)}`)
      return operation
    })
    return entries.map(entryOf)
  }

  show(seq) {
    return this.#alone((native, isOpen) => native.show(seq, isOpen))
  }

  retry(seq) {
    return this.#alone((native, isOpen) => native.retry(seq, isOpen))
  }

  replay(seq) {
    return this.#alone((native, isOpen) => native.replay(seq, isOpen))
  }

  discard(seq) {
    return this.#alone((native, isOpen) => native.discard(seq, isOpen))
  }

  prune(keep) {
    return this.#alone((native, isOpen) => native.prune(keep, isOpen))
  }

  /** What an adapter needs: the webhook of the source, and its name. */
  [FOR_INBOX](name) {
    return this.#source(name).webhook
  }

  #source(name) {
    const { sources } = this.#settings
    translated(() => this.#native().checkSource(name))
    return name === undefined ? sources.values().next().value : sources.get(name)
  }

  #native(connection) {
    const placeholder = connection?.placeholder
    let native = this.#natives.get(placeholder)
    if (native === undefined) {
      native = this.#settings.build(this.#database.dialect, placeholder)
      this.#natives.set(placeholder, native)
    }
    return native
  }

  /** Runs an operation in a transaction of its own. */
  async #alone(make) {
    return this.#database.use((connection, isOpen) => drive(make(this.#native(connection), isOpen), connection), unreached)
  }

  /** Runs an operation in the caller's transaction. */
  async #within(given, make) {
    const connection = transactionOf(given, this.#settings.dialect ?? this.#database.dialect)
    if (connection.dialect !== this.#database.dialect) {
      throw misused(`the connection is of ${connection.dialect}, and the inbox is in a database of ${this.#database.dialect}`)
    }
    return drive(make(this.#native(connection), connection.isOpen), connection)
  }

  /** Runs `handle(connection)` in a transaction in which the delivery is completed. */
  #work(claimed, handle) {
    const held = heldOf(claimed)
    return this.#database.use(async (connection, isOpen, share) => {
      const native = this.#native(connection)
      // Nothing else of this program runs in between where the driver is synchronous and the handler too.
      const isLater = !connection.isSync
      const run = (operation) => drive(operation, connection)
      const begun = run(native.begin(isOpen))
      if (isLater) await begun
      // What the handler asks of this inbox is refused from here on where it has but this connection, and does not wait.
      share()
      try {
        const marked = run(native.savepoint(held, true))
        if (isLater) await marked
        const handled = handle(connection.given)
        if (typeof handled?.then === 'function') await handled
        const completed = run(native.complete(held, true))
        if (isLater) await completed
      } catch (error) {
        try {
          const back = run(native.rollback())
          if (isLater) await back
        } catch {
          // The connection is not used again: its server rolls back.
        }
        throw error
      }
      const committed = run(native.commit())
      if (isLater) await committed
    }, unreached)
  }

  static {
    workOf = {
      inTransaction: (inbox, claimed, handle) => inbox.#work(claimed, handle),
      isPooled: (inbox) => inbox.#database.isPool
    }
  }
}

/** For a database that gives no connection. Its driver says why, and has seen nothing of a delivery. */
function unreached(cause) {
  return new InboxError(unreachable(), cause)
}

function sourceName(options) {
  return checkedName(optionsOf(options, ['source']).source)
}

function checkedName(source) {
  if (source === undefined || typeof source === 'string') return source
  throw new TypeError(`source must be a source's name, not ${describe(source)}`)
}

/** What is kept of an error: its class alone, for a message may hold a part of a payload. */
function classOf(error) {
  if (typeof error === 'string') return error
  const code = typeof error?.code === 'string' ? ` (${error.code})` : ''
  return `${error?.constructor?.name || error?.name || typeof error}${code}`
}

function entryOf({ due, finishedAt, receivedAt, ...entry }) {
  return { ...entry, due: dateOf(due), finishedAt: dateOf(finishedAt), receivedAt: dateOf(receivedAt), error: entry.error ?? null, bodyLength: entry.bodyLength ?? null }
}

function dateOf(milliseconds) {
  return typeof milliseconds === 'number' ? new Date(milliseconds) : null
}

module.exports = { Claimed, Inbox, classOf, connectionOf, workOf }
