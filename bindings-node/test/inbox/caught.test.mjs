// Handlers that catch an error with which the database has ended their transaction: nothing is done without its effect.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kinds, load, write } from './kinds.mjs'

const { Webhook } = load('hookseal')
const { Inbox, Worker } = load('hookseal/inbox')

const webhook = new Webhook('coverkit', 'whsec_1b6f2ae8d0444a349cc1f4c8')
let count = 0

async function start(t, kind) {
  count += 1
  const name = `caught${process.pid}_${count}`
  const opened = await kind.open(name)
  t.after(() => opened.close())
  const inbox = new Inbox(opened.database, { webhook, prefix: `${name}_`, backoff: { attempts: 10, first: 0, longest: 0 } })
  await inbox.migrate()
  await opened.execute(`CREATE TABLE ${name}_effect (seq BIGINT NOT NULL)`)
  await opened.execute(`CREATE TABLE ${name}_row (id INTEGER PRIMARY KEY, times INTEGER DEFAULT 0)`)
  await opened.execute(`INSERT INTO ${name}_row (id) VALUES (1), (2)`)
  const body = JSON.stringify({ id: 'e1', type: 'policy.created', data: {} })
  assert.equal((await inbox.receive(body, webhook.sign(body))).outcome, 'stored')
  const effect = (connection) => write(connection, `INSERT INTO ${name}_effect (seq) VALUES (1)`)
  const effects = async () => (await opened.rows(`SELECT COUNT(*) FROM ${name}_effect`))[0][0]
  const state = async () => (await inbox.list())[0].state
  return { ...opened, inbox, name, effect, effects, state, spoil: (connection) => spoil(opened, kind, name, connection) }
}

/** Makes the database end the transaction, and goes on as if nothing were. */
async function spoil({ begin }, { dialect }, name, connection) {
  const fails = (sql) => assert.rejects(async () => await write(connection, sql))
  if (dialect === 'sqlite') return fails(`INSERT OR ROLLBACK INTO ${name}_row (id) VALUES (1)`)
  if (dialect === 'postgresql') return fails('SELECT 1 / 0')
  const update = (id) => `UPDATE ${name}_row SET times = times + 1 WHERE id = ${id}`
  // The other one has changed more, so that this one is ended, whoever waits first.
  const other = await begin()
  await other.write(`INSERT INTO ${name}_row (id) SELECT seq FROM seq_100_to_300`)
  await other.write(update(2))
  await write(connection, update(1))
  const waiting = other.write(update(1))
  await fails(update(2))
  await waiting
  await other.rollback()
}

/** Runs a worker until nothing is open. */
async function work({ inbox }, handler) {
  const log = () => {}
  const worker = new Worker(inbox, handler, { idle: 0.01, signals: [], logger: { info: log, warn: log, error: log } })
  const running = worker.run()
  for (;;) {
    // One connection may be in the handler's transaction.
    const { sources } = await inbox.stats().catch(() => ({ sources: [{ leased: 1 }] }))
    if (sources.length === 0) break
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  await worker.stop()
  await running
}

const tests = {
  async 'a worker completes nothing that was rolled back'(t, kind) {
    const { effect, effects, state, spoil, ...rest } = await start(t, kind)
    let attempts = 0
    await work(rest, async (_, connection) => {
      attempts += 1
      await effect(connection)
      if (attempts === 1) await spoil(connection)
    })
    assert.deepEqual([attempts, await effects(), await state()], [2, 1, 'done'])
  },

  async 'completing in a transaction of the program\'s says what happened'(t, kind) {
    const { inbox, begin, effect, effects, state, spoil } = await start(t, kind)
    const [claimed] = await inbox.claim()
    const lost = await begin()
    await inbox.savepoint(lost.connection, claimed)
    await effect(lost.connection)
    await spoil(lost.connection)
    await assert.rejects(inbox.complete(lost.connection, claimed), ({ name, code, httpStatus, retryAfter, message }) => {
      assert.deepEqual([name, code, httpStatus, retryAfter], ['InboxError', 'unavailable', 503, 5])
      assert.match(message, /caught on the way/)
      return true
    })
    // SQLite has rolled back already.
    await lost.rollback().catch(() => {})
    assert.deepEqual([await effects(), await state()], [0, 'leased'])
    const second = await begin()
    await inbox.savepoint(second.connection, claimed)
    await effect(second.connection)
    await inbox.complete(second.connection, claimed)
    await second.commit()
    assert.deepEqual([await effects(), await state()], [1, 'done'])
  },

  // A lease and a fence alone do not help; PostgreSQL refuses every statement.
  async 'who completes by hand loses the effect'(t, kind) {
    const { inbox, begin, effect, effects, name, state, spoil } = await start(t, kind)
    const [{ seq }] = await inbox.claim()
    const { connection, commit } = await begin()
    await effect(connection)
    await spoil(connection)
    const isLost = kind.dialect !== 'postgresql'
    const byHand = async () =>
      write(connection, `UPDATE ${name}_job SET state = 'done', due = NULL WHERE seq = ${seq} AND fence = 1 AND state = 'leased'`)
    await (isLost ? byHand() : assert.rejects(byHand))
    await commit().catch(() => {})
    assert.deepEqual([await effects(), await state()], [0, isLost ? 'done' : 'leased'])
  },

  async 'once refuses a transaction that was rolled back'(t, kind) {
    const { inbox, begin, spoil } = await start(t, kind)
    const body = JSON.stringify({ id: 'e2', type: 'policy.created', data: {} })
    const event = webhook.verify(body, webhook.sign(body))
    const lost = await begin()
    await spoil(lost.connection)
    const code = kind.dialect === 'postgresql' ? 'unavailable' : 'no_transaction'
    await assert.rejects(inbox.once(lost.connection, event), { name: 'InboxError', code })
    await lost.rollback().catch(() => {})
    assert.equal((await inbox.list()).length, 1)
  }
}

for (const kind of kinds) {
  for (const [name, body] of Object.entries(tests)) {
    test(`caught errors, ${kind.name}: ${name}`, { timeout: 300_000 }, (t) => body(t, kind))
  }
}

test('there are as many tests of caught errors as are meant to be', () => assert.equal(Object.keys(tests).length, 4))
