// The worker: within this process, and in one that is killed.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { kinds, load, write } from './kinds.mjs'

const { Webhook } = load('hookseal')
const { Inbox, Worker } = load('hookseal/inbox')

const webhook = new Webhook('coverkit', 'whsec_1b6f2ae8d0444a349cc1f4c8')
const program = fileURLToPath(new URL('worker-process.mjs', import.meta.url))
let count = 0

async function start(t, kind, options) {
  count += 1
  const name = `work${process.pid}_${count}`
  const opened = await kind.open(name)
  t.after(() => opened.close())
  const settings = { webhook, prefix: `${name}_`, backoff: { attempts: 10, first: 0, longest: 0 }, ...options }
  const inbox = new Inbox(opened.database, settings)
  await inbox.migrate()
  await opened.execute(`CREATE TABLE ${name}_effect (seq BIGINT NOT NULL)`)
  async function receive(id) {
    const body = JSON.stringify({ id, type: 'policy.created', data: {} })
    assert.equal((await inbox.receive(body, webhook.sign(body))).outcome, 'stored')
  }
  const effects = () => opened.rows(`SELECT COUNT(*), COUNT(DISTINCT seq) FROM ${name}_effect`)
  const lines = []
  const log = (line) => lines.push(line)
  const logger = { info: log, warn: log, error: log }
  /** Runs a worker until the inbox has nothing left that waits or is leased. */
  async function run(handler, own) {
    const worker = new Worker(inbox, handler, { idle: 0.01, logger, signals: [], ...own })
    const running = worker.run()
    for (;;) {
      const { sources } = await inbox.stats().catch(() => ({ sources: [{ waiting: 1 }] }))
      if (!sources.some(({ waiting, leased }) => waiting || leased)) break
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    await worker.stop()
    await running
  }
  const effect = (connection, seq) => write(connection, `INSERT INTO ${name}_effect (seq) VALUES (${seq})`)
  return { ...opened, name, inbox, receive, effects, lines, run, write: effect }
}

/** A worker's process, and what it prints. */
function launch(t, kind, name, mode) {
  const child = spawn(process.execPath, [program, kind.name, name, mode], { stdio: ['ignore', 'pipe', 'inherit'] })
  t.after(() => child.kill('SIGKILL'))
  const exited = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  async function prints(wanted) {
    for (;;) {
      const { value, done } = await lines.next()
      assert.ok(!done, `the worker ended without printing ${wanted}`)
      if (wanted.test(value)) return
    }
  }
  return { child, exited, prints }
}

const tests = {
  async 'what a handler writes is committed with the record, or not at all'(t, kind) {
    const { inbox, receive, effects, lines, run, write } = await start(t, kind)
    for (const id of ['e1', 'e2', 'e3']) await receive(id)
    const failures = new Map()
    await run(async ({ seq, event }, connection) => {
      await write(connection, seq)
      const failed = failures.get(event.id) ?? 0
      failures.set(event.id, failed + 1)
      if (event.id === 'e2' && failed < 2) throw new RangeError('a part of the payload')
    })
    assert.deepEqual(await effects(), [[3, 3]])
    assert.deepEqual((await inbox.list()).map(({ state }) => state), ['done', 'done', 'done'])
    assert.equal(lines.filter((line) => line.endsWith(': done')).length, 3)
    assert.equal(lines.filter((line) => /failed, again in 0 s: RangeError$/.test(line)).length, 2)
    assert.ok(!lines.join().includes('payload'))
  },

  async 'a handler that is not asynchronous is one too'(t, kind) {
    const { receive, effects, run, write } = await start(t, kind)
    await receive('e1')
    await run(({ seq }, connection) => void (write(connection, seq)))
    assert.deepEqual(await effects(), [[1, 1]])
  },

  async 'what never works is dead, and a person is told'(t, kind) {
    const { inbox, receive, effects, lines, run } = await start(t, kind, { backoff: { attempts: 2, first: 0 } })
    await receive('e1')
    await run(() => {
      throw new TypeError('no')
    })
    const [entry] = await inbox.list()
    assert.deepEqual([entry.state, entry.attempts, entry.error], ['dead', 2, 'TypeError'])
    assert.match(lines.at(-1), /^hookseal: delivery \d+ of coverkit: dead after attempt 2: TypeError$/)
    assert.deepEqual(await effects(), [[0, 0]])
  },

  async 'several are handled at once where there is a pool'(t, kind) {
    const { inbox, receive, effects, run, write } = await start(t, kind)
    if (kind.isSingle) {
      assert.throws(() => new Worker(inbox, () => {}, { concurrency: 2 }), { name: 'RangeError', message: /a pool/ })
      return
    }
    for (let id = 0; id < 8; id += 1) await receive(`e${id}`)
    let both
    const together = new Promise((resolve) => {
      both = resolve
    })
    let inside = 0
    await run(async ({ seq }, connection) => {
      inside += 1
      if (inside === 2) both()
      await write(connection, seq)
      await together
    }, { concurrency: 4 })
    assert.deepEqual(await effects(), [[8, 8]])
  },

  async 'a lease that is lost takes back what was done'(t, kind) {
    const { inbox, receive, effects, lines, run, write, execute, name } = await start(t, kind)
    await receive('e1')
    let attempts = 0
    await run(async (claimed, connection) => {
      attempts += 1
      await write(connection, claimed.seq)
      // As if it had taken too long, and another worker had been quicker. SQLite lets nobody in meanwhile.
      if (attempts === 1 && kind.dialect !== 'sqlite') {
        await execute(`UPDATE ${name}_job SET due = 0, fence = fence + 1`)
      }
    })
    assert.deepEqual(await effects(), [[1, 1]])
    const isLost = lines.some((line) => line.includes('its lease was lost'))
    assert.equal(isLost, kind.dialect !== 'sqlite', lines.join('\n'))
    assert.equal((await inbox.list())[0].state, 'done')
  },

  async 'a worker that is killed within a delivery leaves no half of it'(t, kind) {
    const { inbox, receive, effects, execute, name } = await start(t, kind)
    for (const id of ['e1', 'e2', 'e3']) await receive(id)
    const killed = launch(t, kind, name, 'hangs')
    await killed.prints(/^working$/)
    killed.child.kill('SIGKILL')
    await killed.exited
    // The server notices a client that is gone by itself; the lease would end later.
    for (;;) {
      try {
        await execute(`UPDATE ${name}_job SET due = 0 WHERE state = 'leased'`)
        break
      } catch (error) {
        assert.match(`${error.code}`, /LOCK|BUSY|55P03/)
      }
    }
    const second = launch(t, kind, name, 'works')
    for (;;) {
      const entries = await inbox.list()
      if (entries.every(({ state }) => state === 'done')) break
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    second.child.kill('SIGTERM')
    assert.deepEqual(await second.exited, [0, null])
    assert.deepEqual(await effects(), [[3, 3]])
  },

  async 'SIGTERM ends a worker after what it is handling'(t, kind) {
    const { inbox, receive, effects, name } = await start(t, kind)
    await receive('e1')
    const stopped = launch(t, kind, name, 'stops')
    await stopped.prints(/^working$/)
    stopped.child.kill('SIGTERM')
    await stopped.prints(/^stopped$/)
    assert.deepEqual(await stopped.exited, [0, null])
    assert.deepEqual(await effects(), [[1, 1]])
    assert.equal((await inbox.list())[0].state, 'done')
  }
}

for (const kind of kinds) {
  for (const [name, body] of Object.entries(tests)) {
    test(`worker, ${kind.name}: ${name}`, { timeout: 300_000 }, (t) => body(t, kind))
  }
}

test('there are as many tests of workers as are meant to be', () => assert.equal(Object.keys(tests).length, 7))
