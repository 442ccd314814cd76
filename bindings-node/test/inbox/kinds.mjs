// Each kind of connection, with what the tests do on it beside the inbox.
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Loads the drivers from the folder that run.mjs installs them into. */
export const load = createRequire(new URL('../../../build/node-inbox/', import.meta.url))

const { HOOKSEAL_TEST_POSTGRESQL: postgresql, HOOKSEAL_TEST_MYSQL: mysql } = process.env
export const urls = { postgresql, mysql }

/** For files, which the processes that a test starts share with it. */
const { HOOKSEAL_TEST_FOLDER: shared } = process.env
const folder = shared ?? mkdtempSync(join(tmpdir(), 'hookseal-inbox-'))
process.env.HOOKSEAL_TEST_FOLDER = folder
if (!shared) process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

export function pathOf(name) {
  return join(folder, `${name}.sqlite`)
}

/** What of the SQLite drivers this Node has: node:sqlite is in newer ones, better-sqlite3 is built for one. */
export const sqlite = { 'node:sqlite': nodeSqlite(), 'better-sqlite3': betterSqlite() }

function nodeSqlite() {
  try {
    return createRequire(import.meta.url)('node:sqlite').DatabaseSync
  } catch {
    return undefined
  }
}

function betterSqlite() {
  try {
    const Database = load('better-sqlite3')
    new Database(':memory:').close()
    return Database
  } catch {
    return undefined
  }
}

/** Opens a database of one of the SQLite drivers as their pages advise. */
export function openSqlite(driver, path) {
  const db = new sqlite[driver](path)
  db.exec('PRAGMA journal_mode = WAL')
  db.exec('PRAGMA busy_timeout = 60000')
  return db
}

/** Runs a statement on a connection, of whichever driver it is. */
export function write(connection, sql) {
  if (connection.exec) return connection.exec(sql)
  return connection.query ? connection.query(sql) : connection.execute(sql, [])
}

function sqliteKind(driver) {
  return {
    name: driver,
    dialect: 'sqlite',
    isSingle: true,
    async open(name) {
      const db = openSqlite(driver, pathOf(name))
      return {
        database: db,
        execute: async (sql) => db.exec(sql),
        rows: async (sql) => db.prepare(sql).all().map((row) => Object.values(row).map(Number)),
        async begin() {
          db.exec('BEGIN IMMEDIATE')
          return {
            connection: db,
            write: async (sql) => db.exec(sql),
            commit: async () => db.exec('COMMIT'),
            rollback: async () => db.exec('ROLLBACK')
          }
        },
        closed: () => db,
        close: async () => db.close()
      }
    }
  }
}

/** Takes connections from a pool; `destroyAll` ends those that a test which failed has not given back, and the pool waits for. */
function lending(take, destroy) {
  const lent = new Set()
  return {
    async lend() {
      const own = await take()
      lent.add(own)
      return own
    },
    back(own) {
      lent.delete(own)
      own.release()
    },
    destroyAll: () => lent.forEach(destroy)
  }
}

function pgKind(isPool) {
  return {
    name: isPool ? 'pg Pool' : 'pg Client',
    dialect: 'postgresql',
    isSingle: !isPool,
    async open() {
      const { Pool, Client } = load('pg')
      const pool = new Pool({ connectionString: postgresql })
      const client = isPool ? undefined : new Client({ connectionString: postgresql })
      await client?.connect()
      const { lend, back, destroyAll } = lending(() => pool.connect(), (own) => own.release(true))
      const rows = async (sql) => (await pool.query({ text: sql, rowMode: 'array' })).rows.map((row) => row.map(Number))
      return {
        database: client ?? pool,
        pool,
        execute: (sql) => pool.query(sql),
        rows,
        async begin() {
          const own = await lend()
          await own.query('BEGIN')
          const end = (sql) => async () => {
            await own.query(sql)
            back(own)
          }
          return { connection: own, write: (sql) => own.query(sql), commit: end('COMMIT'), rollback: end('ROLLBACK') }
        },
        async close() {
          destroyAll()
          await client?.end()
          await pool.end()
        }
      }
    }
  }
}

function mysqlKind(name) {
  return {
    name,
    dialect: 'mysql',
    isSingle: name === 'mysql2 connection',
    async open() {
      const promises = load('mysql2/promise')
      // As a program may have set it up, and the inbox must not depend on.
      const pool = promises.createPool({ uri: mysql, rowsAsArray: false, namedPlaceholders: true, typeCast: () => 'not this' })
      const single = name === 'mysql2 connection' ? await promises.createConnection(mysql) : undefined
      const callbacks = name === 'mysql2 pool with callbacks' ? load('mysql2').createPool(mysql) : undefined
      const { lend, back, destroyAll } = lending(() => pool.getConnection(), (own) => own.destroy())
      return {
        database: single ?? callbacks ?? pool,
        pool,
        execute: (sql) => pool.query(sql),
        async rows(sql) {
          const [rows] = await pool.query({ sql, rowsAsArray: true, typeCast: (_, next) => next() })
          return rows.map((row) => row.map(Number))
        },
        async begin() {
          const own = await lend()
          await own.beginTransaction()
          const end = (method) => async () => {
            await own[method]()
            back(own)
          }
          return { connection: own, write: (sql) => own.query(sql), commit: end('commit'), rollback: end('rollback') }
        },
        async close() {
          destroyAll()
          await single?.end()
          await callbacks?.promise().end()
          await pool.end()
        }
      }
    }
  }
}

/** Connections that the program itself makes, of which the inbox knows no more than it is told. */
const customKind = {
  name: 'connections of its own',
  dialect: 'postgresql',
  isSingle: false,
  async open() {
    const opened = await pgKind(true).open()
    const wrapped = (client) => ({
      dialect: 'postgres',
      placeholder: 'dollar',
      async execute(sql, values) {
        const { rows, rowCount } = await client.query(sql, values)
        return { rows, changed: rowCount }
      },
      release: (isBroken) => client.release(isBroken)
    })
    const database = { dialect: 'postgres', connect: async () => wrapped(await opened.pool.connect()) }
    const begin = async () => {
      const { connection, ...rest } = await opened.begin()
      return { connection: wrapped(connection), ...rest }
    }
    return { ...opened, database, begin }
  }
}

export const kinds = [
  ...Object.keys(sqlite).filter((driver) => sqlite[driver]).map(sqliteKind),
  pgKind(true),
  pgKind(false),
  mysqlKind('mysql2 pool'),
  mysqlKind('mysql2 connection'),
  mysqlKind('mysql2 pool with callbacks'),
  customKind
]
