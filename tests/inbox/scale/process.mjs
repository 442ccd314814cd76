// A receiver or a worker in Node: process.mjs receive|work DATABASE PREFIX
//
// A receiver reads deliveries, a line of JSON each, and says what became of each one. A worker writes a row for each event.
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'

/** The package and the drivers, as the package's own tests install them. */
const load = createRequire(new URL('../../../build/node-inbox/', import.meta.url))
const { Webhook } = load('hookseal')
const { Inbox, InboxError, Worker } = load('hookseal/inbox')

const [role, database, prefix] = process.argv.slice(2)
const webhook = new Webhook('coverkit', 'whsec_1b6f2ae8d0444a349cc1f4c8')

function connect() {
  if (database.startsWith('postgresql:')) {
    const pool = new (load('pg').Pool)({ connectionString: database })
    // Of an idle connection that breaks.
    pool.on('error', () => {})
    return pool
  }
  if (database.startsWith('mysql:')) return load('mysql2/promise').createPool(database)
  const db = new (load('better-sqlite3'))(database.slice('sqlite:'.length))
  db.exec('PRAGMA busy_timeout = 60000')
  db.exec('PRAGMA synchronous = NORMAL')
  return db
}

const connection = connect()
const inbox = new Inbox(connection, { webhook, prefix, backoff: { attempts: 10_000, first: 0, longest: 0 }, lease: 1 })

async function receive() {
  for await (const line of createInterface({ input: process.stdin })) {
    const { body, headers } = JSON.parse(line)
    let outcome
    try {
      outcome = (await inbox.receive(body, headers)).outcome
    } catch (error) {
      if (!(error instanceof InboxError)) throw error
      outcome = error.code
    }
    process.stdout.write(`${outcome}\n`)
  }
}

async function work() {
  const insert = (id) => `INSERT INTO ${prefix}effect (event, language, clock) VALUES ('${id}', 'node', ${Date.now()})`
  const handle = async ({ event }, own) => {
    await (own.exec ? own.exec(insert(event.id)) : own.query(insert(event.id)))
    // As if it did something: most are killed here.
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  const logger = { info() {}, warn() {}, error() {} }
  const concurrency = database.startsWith('sqlite:') ? 1 : 2
  await new Worker(inbox, handle, { concurrency, idle: 0.05, logger }).run()
}

await (role === 'receive' ? receive() : work())
await (connection.end?.() ?? connection.close())
