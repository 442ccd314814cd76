// What an inbox does, on every kind of connection.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kinds, load } from './kinds.mjs'

const { HooksealError, Event, Webhook } = load('hookseal')
const { Inbox, InboxError } = load('hookseal/inbox')

const webhook = new Webhook('coverkit', 'whsec_1b6f2ae8d0444a349cc1f4c8')
const BACKOFF = { attempts: 3, first: 0, longest: 0 }
/** Longer than any key counts, in milliseconds. */
const AGES = 20_000_000_000

let count = 0

function body(id, policy = 'p', note = '') {
  return Buffer.from(JSON.stringify({ id, type: 'policy.created', data: { policy, note } }))
}

/** An inbox with tables of its own, and what else the test does to its database. */
async function start(t, kind, options) {
  count += 1
  const name = `node${process.pid}_${count}`
  const opened = await kind.open(name)
  t.after(() => opened.close())
  const { order, ...own } = options ?? {}
  const settings = { prefix: `${name}_`, backoff: BACKOFF, sources: { coverkit: { webhook, order } }, ...own }
  const inbox = new Inbox(opened.database, settings)
  const receive = async (given) => (await inbox.receive(given, webhook.sign(given))).outcome
  /** Ends the leases and waits of all: the tests wait for no clock. */
  const makeDue = () => opened.execute(`UPDATE ${name}_job SET due = 0 WHERE due IS NOT NULL`)
  const states = async () => (await inbox.list()).map(({ state }) => state).reverse()
  async function complete(claimed, end = 'commit') {
    const transaction = await opened.begin()
    try {
      await inbox.complete(transaction.connection, claimed)
    } catch (error) {
      await transaction.rollback()
      throw error
    }
    await transaction[end]()
  }
  return { ...opened, name, settings, inbox, receive, makeDue, states, complete }
}

async function migrated(t, kind, options) {
  const started = await start(t, kind, options)
  assert.equal(await started.inbox.migrate(), true)
  assert.equal(await started.inbox.migrate(), false)
  return started
}

const code = (expected, httpStatus = 500) => (error) => {
  assert.ok(error instanceof InboxError && error instanceof HooksealError, String(error))
  assert.deepEqual([error.name, error.code, error.httpStatus], ['InboxError', expected, httpStatus], error.message)
  assert.equal(error.retryAfter, httpStatus === 503 ? 5 : null)
  return true
}

const behaviours = {
  async 'a delivery is stored once and done once'(t, kind) {
    const { inbox, receive, states, complete } = await migrated(t, kind)
    const first = body('e1')
    const received = await inbox.receive(first, webhook.sign(first))
    assert.deepEqual([received.outcome, received.isConflict, received.event.id], ['stored', false, 'e1'])
    assert.ok(received.event instanceof Event)
    const again = await inbox.receive(first, new Headers(webhook.sign(first)), { source: 'coverkit' })
    assert.deepEqual([again.outcome, again.isConflict], ['duplicate', false])
    const other = body('e1', 'p', 'other')
    const conflict = await inbox.receive(other.toString(), webhook.sign(other))
    assert.deepEqual([conflict.outcome, conflict.isConflict], ['duplicate', true])

    const claims = await inbox.claim(10)
    assert.equal(claims.length, 1)
    const [claimed] = claims
    assert.deepEqual([claimed.attempt, claimed.source, claimed.event.id], [1, 'coverkit', 'e1'])
    assert.ok(claimed.event instanceof Event)
    assert.deepEqual(claimed.event.body, first)
    assert.deepEqual(claimed.event.data, { policy: 'p', note: '' })
    assert.ok(Math.abs(Date.now() - claimed.receivedAt) < 3_600_000)
    assert.deepEqual(await inbox.claim(10), [])

    await complete(claimed, 'rollback')
    assert.deepEqual(await states(), ['leased'])
    await complete(claimed)
    assert.deepEqual(await states(), ['done'])
    const [entry] = await inbox.list({ state: 'done', source: 'coverkit', limit: 5 })
    assert.deepEqual([entry.duplicates, entry.conflicts, entry.bodyLength, entry.due], [2, 1, first.length, null])
    assert.deepEqual([entry.dedupeKey, entry.eventType], ['coverkit:e1', 'policy.created'])
    const kept = await inbox.show(entry.seq)
    assert.deepEqual(kept.body, first)
    assert.deepEqual(kept.headers.map(([header]) => header), ['coverkit-signature'])
    assert.equal(await inbox.replay(entry.seq), true)
    assert.deepEqual(await states(), ['waiting'])
    assert.equal(await receive(first), 'duplicate')
  },

  async 'a worker whose lease ended completes nothing'(t, kind) {
    const { inbox, receive, makeDue, complete, states } = await migrated(t, kind)
    await receive(body('e1'))
    const [slow] = await inbox.claim()
    await inbox.extend(slow)
    await makeDue()
    const [quick] = await inbox.claim()
    assert.equal(quick.attempt, 2)
    await assert.rejects(complete(slow), code('lease_lost'))
    await assert.rejects(inbox.extend(slow), code('lease_lost'))
    await assert.rejects(inbox.release(slow, 'no'), code('lease_lost'))
    await assert.rejects(inbox.dead(slow, 'no'), code('lease_lost'))
    await complete(quick)
    assert.deepEqual(await states(), ['done'])
  },

  async 'a list is filtered by type and searched'(t, kind) {
    const { inbox, receive } = await migrated(t, kind)
    await receive(body('e1'))
    await receive(body('e2'))
    const found = async (filter) => (await inbox.list(filter)).map((entry) => entry.dedupeKey)
    assert.deepEqual(await found({ search: 'it:e1' }), ['coverkit:e1'])
    assert.deepEqual(await found({ search: '"id":"e2"', state: 'waiting' }), ['coverkit:e2'])
    assert.deepEqual(await found({ eventType: 'policy.created' }), ['coverkit:e2', 'coverkit:e1'])
    assert.deepEqual(await found({ search: 'E1' }), [])
    assert.deepEqual(await found({ eventType: 'policy.cancelled' }), [])
  },

  async 'what fails is tried again until it is dead'(t, kind) {
    const { inbox, receive, makeDue, states } = await migrated(t, kind)
    await receive(body('e1'))
    for (const attempt of [1, 2, 3]) {
      const [claimed] = await inbox.claim()
      assert.equal(claimed.attempt, attempt)
      assert.equal(await inbox.release(claimed, new RangeError('secret of the payload')), attempt < 3 ? 0 : null)
    }
    assert.deepEqual(await inbox.claim(), [])
    const [entry] = await inbox.list({ state: 'dead' })
    assert.equal(entry.error, 'RangeError')
    const { sources, conflicts } = await inbox.stats()
    assert.deepEqual([sources[0].dead, sources[0].isKnown, conflicts], [1, true, 0])
    const lines = (await inbox.openmetrics()).split('\n')
    assert.ok(lines.includes('hookseal_inbox_deliveries{source="coverkit",state="dead"} 1'), lines.join('\n'))
    assert.deepEqual(lines.slice(-2), ['# EOF', ''])
    assert.equal(await inbox.retry(), 1)
    // A worker that dies with it again and again is no worker to give it to for ever.
    for (let tries = 0; tries < 3; tries += 1) {
      assert.equal((await inbox.claim()).length, 1)
      await makeDue()
    }
    assert.deepEqual(await inbox.claim(), [])
    assert.deepEqual(await states(), ['dead'])
    assert.equal(await inbox.retry(entry.seq), 1)
    const [claimed] = await inbox.claim()
    assert.equal(claimed.attempt, 1)
    await inbox.dead(claimed, 'no use')
    assert.deepEqual(await states(), ['dead'])
  },

  async 'once is true once and belongs to the transaction'(t, kind) {
    const { inbox, begin, receive, states } = await migrated(t, kind)
    const given = body('e1')
    const event = webhook.verify(given, webhook.sign(given))
    for (const [isFirst, end] of [[true, 'rollback'], [true, 'commit'], [false, 'commit']]) {
      const transaction = await begin()
      assert.equal(await inbox.once(transaction.connection, event), isFirst)
      await transaction[end]()
    }
    assert.equal(await receive(given), 'duplicate')
    assert.deepEqual(await states(), ['done'])
    const [entry] = await inbox.list()
    assert.equal(entry.bodyLength, null)
    assert.equal(await inbox.show(entry.seq), null)
    assert.equal(await inbox.replay(entry.seq), false)
  },

  async 'a key that expired does not swallow an event'(t, kind) {
    const { inbox, receive, execute, complete, states, name } = await migrated(t, kind)
    await receive(body('e1'))
    await execute(`UPDATE ${name}_delivery SET received_at = received_at - ${AGES}`)
    // It is not done, so that it is not another event yet.
    assert.equal(await receive(body('e1')), 'duplicate')
    await complete((await inbox.claim())[0])
    assert.equal(await inbox.prune(), 0)
    assert.equal(await receive(body('e1')), 'stored')
    assert.deepEqual(await states(), ['waiting'])
    await complete((await inbox.claim())[0])
    await execute(`UPDATE ${name}_job SET finished_at = finished_at - ${AGES}`)
    assert.equal(await inbox.prune(3600), 1)
    assert.deepEqual(await states(), [])
  },

  async 'events of an aggregate are handled in order'(t, kind) {
    const order = { aggregate: '/data/policy', orderBy: { sequence: '/data/note' } }
    const { inbox, receive, makeDue, complete } = await migrated(t, kind, { order })
    // The third arrives before the second, and the last digits are beyond what a double holds.
    const at = (number) => `900719925474099${number}`
    for (const [id, policy, number] of [['a1', 'a', 1], ['a3', 'a', 3], ['a2', 'a', 2], ['b1', 'b', 1]]) {
      assert.equal(await receive(body(id, policy, at(number))), 'stored')
    }
    const handled = []
    for (let round = 0; round < 10; round += 1) {
      for (const claimed of await inbox.claim(10)) {
        await complete(claimed)
        handled.push(claimed.event.id)
      }
      await makeDue()
    }
    assert.deepEqual(handled.filter((id) => id !== 'b1'), ['a1', 'a2', 'a3'])
    // One that is dead holds up those after it until it is discarded, and one that comes too late is said to.
    for (const number of [4, 5]) await receive(body(`a${number}`, 'a', at(number)))
    const [dead] = await inbox.claim(10)
    await inbox.dead(dead, 'no')
    await makeDue()
    assert.deepEqual(await inbox.claim(10), [])
    assert.equal(await inbox.discard(dead.seq), true)
    const [last] = await inbox.claim(10)
    assert.equal(last.event.id, 'a5')
    await complete(last)
    await receive(body('a0', 'a', at(0)))
    assert.equal((await inbox.list({ limit: 1 }))[0].isLate, true)
  },

  async 'one that comes while the one before is completed is not forgotten'(t, kind) {
    const { inbox, receive, begin, states, name } = await migrated(t, kind, { order: { aggregate: '/data/policy' } })
    await receive(body('a1'))
    const [first] = await inbox.claim()
    if (kind.dialect === 'sqlite') {
      // Nobody else writes while a transaction is open.
      await receive(body('a2'))
    }
    const transaction = await begin()
    // From here on, MariaDB's default shows what is committed now, and nothing later.
    await transaction.write(`SELECT seq FROM ${name}_job`)
    if (kind.dialect !== 'sqlite') {
      assert.equal(await receive(body('a2')), 'stored')
      assert.deepEqual(await states(), ['leased', 'blocked'])
    }
    await inbox.complete(transaction.connection, first)
    await transaction.commit()
    assert.deepEqual(await states(), ['done', 'waiting'])
    assert.deepEqual((await inbox.claim()).map(({ event }) => event.id), ['a2'])
  },

  async 'what was altered is not believed'(t, kind) {
    const { inbox, receive, execute, states, name } = await migrated(t, kind)
    for (const [id, column] of [['e1', 'body'], ['e2', 'dedupe_key'], ['e3', 'headers']]) {
      await receive(body(id))
      const value = column === 'headers' ? "'[]'" : 'digest'
      await execute(`UPDATE ${name}_delivery SET ${column} = ${value} WHERE seq = (SELECT MAX(seq) FROM ${name}_job)`)
    }
    assert.deepEqual(await inbox.claim(10), [])
    assert.deepEqual(await states(), ['dead', 'dead', 'dead'])
  },

  async 'a secret rotated away is waited for'(t, kind) {
    const { inbox, receive, makeDue, database, settings } = await migrated(t, kind)
    await receive(body('e1'))
    const rotated = new Webhook('coverkit', 'whsec_another_0123456789')
    const other = new Inbox(database, { ...settings, sources: { coverkit: rotated } })
    assert.deepEqual(await other.claim(10), [])
    const [entry] = await inbox.list()
    assert.deepEqual([entry.state, entry.attempts], ['waiting', 0])
    assert.match(entry.error, /^unknown key/)
    await makeDue()
    assert.equal((await inbox.claim(10)).length, 1)
  },

  async 'mistakes are told'(t, kind) {
    const { inbox, execute, begin, database, settings, name } = await start(t, kind)
    await assert.rejects(inbox.claim(), (error) => {
      assert.ok(error.message.includes(`hookseal inbox schema ${kind.dialect}`), error.message)
      return code('schema_missing')(error)
    })
    await inbox.migrate()
    const given = body('e1')
    const event = webhook.verify(given, webhook.sign(given))
    await assert.rejects(inbox.receive(given, webhook.sign(given), { source: 'other' }), code('unknown_source'))
    await assert.rejects(inbox.receive('{}', webhook.sign(given)), { name: 'SignatureMismatchError', httpStatus: 401 })
    await assert.rejects(inbox.receive(given, {}), { name: 'MissingHeaderError' })
    await assert.rejects(inbox.receive(given, { headers: {} }), { name: 'TypeError', message: /pass its `headers`/ })
    await assert.rejects(inbox.receive({}, {}), { name: 'TypeError' })
    // Nothing is open on it, or it is a pool.
    const expected = kind.isSingle ? 'no_transaction' : 'invalid_inbox'
    await assert.rejects(inbox.once(database, event), code(expected))
    await inbox.receive(given, webhook.sign(given))
    const [claimed] = await inbox.claim()
    await assert.rejects(inbox.complete(database, claimed), code(expected))
    const transaction = await begin()
    await assert.rejects(inbox.once(transaction.connection, { ...event }), { name: 'TypeError', message: /`verify`/ })
    await assert.rejects(inbox.complete(transaction.connection, {}), { name: 'TypeError', message: /`claim`/ })
    await assert.rejects(new Inbox(transaction.connection, settings).claim(), code('open_transaction'))
    await transaction.rollback()
    await execute(`UPDATE ${name}_inbox SET version = 99`)
    await assert.rejects(new Inbox(database, settings).claim(), code('schema_version'))
  },

  async 'operations that run at once do not get in each other\'s way'(t, kind) {
    const { inbox, receive, states } = await migrated(t, kind)
    const ids = Array.from({ length: 12 }, (_, index) => `e${index}`)
    // One connection may meet another's deadlock; a delivery that is told 503 comes again.
    const outcomes = await Promise.all(ids.map((id) => receive(body(id))))
    assert.deepEqual(outcomes, ids.map(() => 'stored'))
    const claims = await Promise.all([inbox.claim(5), inbox.claim(5), inbox.claim(5), inbox.claim(5)])
    const seqs = claims.flat().map(({ seq }) => seq)
    assert.equal(new Set(seqs).size, seqs.length)
    seqs.push(...(await inbox.claim(12)).map(({ seq }) => seq))
    assert.equal(new Set(seqs).size, 12)
    assert.deepEqual(await states(), ids.map(() => 'leased'))
  },

  async 'a duplicate does not overtake an open transaction'(t, kind) {
    const { inbox, begin, receive } = await migrated(t, kind)
    const given = body('e1')
    const event = webhook.verify(given, webhook.sign(given))
    const transaction = await begin()
    assert.equal(await inbox.once(transaction.connection, event), true)
    // SQLite waits for the writer before, for as long as its connection says; here it is the same connection.
    const expected = kind.dialect === 'sqlite' ? code('open_transaction') : code('in_progress', 503)
    await assert.rejects(receive(given), expected)
    await transaction.rollback()
    assert.equal(await receive(given), 'stored')
  }
}

for (const kind of kinds) {
  for (const [name, behaviour] of Object.entries(behaviours)) {
    test(`${kind.name}: ${name}`, { timeout: 300_000 }, (t) => behaviour(t, kind))
  }
}

test('each kind of connection ran that this Node can have', () => {
  const [major] = process.versions.node.split('.').map(Number)
  const expected = ['pg Pool', 'pg Client', 'mysql2 pool', 'mysql2 connection', 'mysql2 pool with callbacks', 'connections of its own']
  if (process.versions.modules === process.env.HOOKSEAL_TEST_SQLITE_ABI) expected.unshift('better-sqlite3')
  if (major >= 22) expected.unshift('node:sqlite')
  assert.deepEqual(kinds.map(({ name }) => name), expected)
  assert.equal(Object.keys(behaviours).length, 13)
})
