'use strict'

/** The connections of each driver, told apart by their shape: no driver is loaded from here. */

const { describe } = require('../lib/input.js')
const { dialectName } = require('../lib/binding.js')
const { misused } = require('./error.js')

/** One connection of a driver. `isOpen` is whether a transaction is, undefined if the driver does not know. */
class Connection {
  isSync = false
  /** How parameters are marked, where that is not as the dialect's drivers have it. */
  placeholder = undefined
  /** Whether an operation ended midway, or failed to begin or end a transaction: one may be open. */
  isUncertain = false

  constructor(given) {
    this.given = given
  }

  get isOpen() {
    return undefined
  }
}

/** DatabaseSync of node:sqlite. */
class NodeSqlite extends Connection {
  dialect = 'sqlite'
  isSync = true

  get isOpen() {
    return this.given.isTransaction
  }

  run({ sql, parameters, kind }) {
    if (kind === 'transaction') {
      this.given.exec(sql)
      return { changed: 0 }
    }
    const statement = this.given.prepare(sql)
    statement.setReadBigInts(true)
    if (kind === 'query') return { rows: statement.all(...parameters).map(Object.values) }
    return { changed: statement.run(...parameters).changes }
  }
}

/** Database of better-sqlite3. */
class BetterSqlite extends Connection {
  dialect = 'sqlite'
  isSync = true

  get isOpen() {
    return this.given.inTransaction
  }

  run({ sql, parameters, kind }) {
    if (kind === 'transaction') {
      this.given.exec(sql)
      return { changed: 0 }
    }
    const statement = this.given.prepare(sql)
    if (kind === 'query') return { rows: statement.safeIntegers(true).raw(true).all(...parameters) }
    return { changed: statement.run(...parameters).changes }
  }
}

/** The types that pg reads, whatever parsers the program has set: text, and bytea as bytes. */
const BYTEA = 17
const PG_TYPES = { getTypeParser: (type) => (type === BYTEA ? readBytea : (text) => text) }

function readBytea(value) {
  return typeof value === 'string' ? Buffer.from(value.slice(2), 'hex') : value
}

/** Client of pg. */
class Pg extends Connection {
  dialect = 'postgresql'

  /** Newer versions know it. */
  get isOpen() {
    const status = this.given.getTransactionStatus?.()
    return typeof status === 'string' ? status !== 'I' : undefined
  }

  async run({ sql, parameters, kind }) {
    const values = parameters.map((value) => (typeof value === 'bigint' ? String(value) : value))
    const { rows, rowCount } = await this.given.query({ text: sql, values, rowMode: 'array', types: PG_TYPES })
    return kind === 'query' ? { rows } : { changed: rowCount }
  }
}

/** Connection of mysql2/promise. */
class Mysql extends Connection {
  dialect = 'mysql'

  async run({ sql, parameters, kind }) {
    const options = {
      sql,
      rowsAsArray: true,
      nestTables: false,
      supportBigNumbers: true,
      bigNumberStrings: true,
      typeCast: (_field, next) => next()
    }
    // Statements of a transaction cannot be prepared everywhere.
    const run = parameters.length === 0 ? this.given.query(options) : this.given.execute(options, parameters.map(mysqlValue))
    const [result] = await run
    return kind === 'query' ? { rows: result } : { changed: result.affectedRows }
  }
}

/** The driver sends numbers as DOUBLE, and other integers as text. */
function mysqlValue(value) {
  return typeof value !== 'bigint' ? value : Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
}

/** `{ execute(sql, values, kind) }` of the program's own. */
class Custom extends Connection {
  constructor(given, dialect) {
    super(given)
    this.dialect = dialect
    this.placeholder = given.placeholder
  }

  get isOpen() {
    return this.given.inTransaction
  }

  async run({ sql, parameters, kind }) {
    const values = parameters.map((value) => (typeof value === 'bigint' ? ownInteger(value, this.dialect) : value))
    const result = await this.given.execute(sql, values, kind)
    if (kind !== 'query') return { changed: result?.changed ?? 0 }
    if (!Array.isArray(result?.rows)) throw new TypeError('`execute` must give `{ rows }` for a query')
    return { rows: result.rows.map((row) => (Array.isArray(row) ? row : Object.values(row))) }
  }
}

/** As every driver of the dialect takes it. */
function ownInteger(value, dialect) {
  return Number.isSafeInteger(Number(value)) ? Number(value) : dialect === 'sqlite' ? value : String(value)
}

const has = (value, ...methods) => methods.every((method) => typeof value?.[method] === 'function')

/** Whether it hands out connections: of such, each statement may go to another. */
function isPool(given) {
  return isPgPool(given) || has(given, 'getConnection') || isCustomPool(given)
}

function isCustomPool(given) {
  return has(given, 'connect') && !has(given, 'query') && !has(given, 'execute')
}

function isPgPool(given) {
  return has(given, 'connect', 'query') && typeof given.totalCount === 'number'
}

/** The connection, of whichever driver it is. */
function connectionOf(given, dialect) {
  if (has(given, 'prepare', 'exec') && typeof given.inTransaction === 'boolean') return new BetterSqlite(given)
  if (has(given, 'prepare', 'exec', 'close')) return new NodeSqlite(given)
  if (has(given, 'promise', 'execute')) return new Mysql(given.promise())
  if (has(given, 'execute', 'query', 'beginTransaction')) return new Mysql(given)
  if (has(given, 'query', 'escapeIdentifier')) return new Pg(given)
  if (has(given, 'execute')) return new Custom(given, customDialect(given, dialect))
  throw new TypeError(
    'the connection must be one of pg, mysql2/promise, better-sqlite3 or node:sqlite, or an object with ' +
      `\`execute(sql, values)\`, not ${describe(given)}`
  )
}

function customDialect(given, dialect) {
  const wanted = given.dialect ?? dialect
  const known = typeof wanted === 'string' ? dialectName(wanted) : undefined
  if (known === undefined || known === null) {
    throw misused('a connection with `execute` needs the option `dialect`: sqlite, postgresql or mysql')
  }
  return known
}

/** The connection of a caller's open transaction; a pool has none. */
function transactionOf(given, dialect) {
  if (!isPool(given)) return connectionOf(given, dialect)
  throw misused(
    'this is a pool, which runs each statement on any of its connections and has no transaction: take a connection ' +
      'from it (`await pool.connect()` of pg, `await pool.getConnection()` of mysql2), begin on that, and pass it'
  )
}

/** Where an inbox's own work runs. */
function databaseOf(given, dialect) {
  if (isPgPool(given)) return new Pool('postgresql', () => takePg(given))
  if (has(given, 'promise', 'getConnection')) return databaseOf(given.promise(), dialect)
  if (has(given, 'getConnection', 'execute')) return new Pool('mysql', () => takeMysql(given))
  if (isCustomPool(given)) {
    return new Pool(customDialect(given, dialect), () => takeCustom(given, dialect))
  }
  return new Single(connectionOf(given, dialect))
}

async function takePg(pool) {
  const client = await pool.connect()
  // A connection that breaks says so to its client too, and ends the process if nobody listens.
  const ignore = () => {}
  client.on('error', ignore)
  const release = (isBroken) => {
    client.off('error', ignore)
    client.release(isBroken)
  }
  return { connection: new Pg(client), release }
}

async function takeMysql(pool) {
  const given = await pool.getConnection()
  return { connection: new Mysql(given), release: (isBroken) => (isBroken ? given.destroy() : given.release()) }
}

async function takeCustom(pool, dialect) {
  const given = await pool.connect()
  return { connection: connectionOf(given, pool.dialect ?? dialect), release: (isBroken) => given.release?.(isBroken) }
}

/** Connections of a pool, one for each piece of work. */
class Pool {
  isPool = true

  constructor(dialect, take) {
    this.dialect = dialect
    this.take = take
  }

  /** Runs `work(connection, isOpen, share)`. A connection in an unknown state is not given back. */
  async use(work, unreachable) {
    let taken
    try {
      taken = await this.take()
    } catch (error) {
      throw unreachable(error)
    }
    const { connection, release } = taken
    try {
      return await work(connection, false, () => {})
    } finally {
      await release(connection.isUncertain)
    }
  }
}

/** One connection, whose pieces of work run one after the other. */
class Single {
  isPool = false
  #last = Promise.resolve()

  constructor(connection) {
    this.connection = connection
    this.dialect = connection.dialect
  }

  /** Runs `work(connection, isOpen, share)`; once it calls `share`, other work may find its transaction open. */
  async use(work) {
    const { connection } = this
    if (connection.isSync) return work(connection, connection.isOpen, () => {})
    const before = this.#last
    let done
    this.#last = new Promise((resolve) => {
      done = resolve
    })
    await before
    try {
      return await work(connection, connection.isOpen, done)
    } finally {
      done()
    }
  }
}

module.exports = { connectionOf, databaseOf, transactionOf }
