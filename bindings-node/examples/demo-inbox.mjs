// A delivery is sent three times, and the worker that handles it is killed in the middle.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { Webhook } from 'hookseal'
import { Inbox, Worker } from 'hookseal/inbox'

const here = fileURLToPath(import.meta.url)
const webhook = new Webhook('coverkit', 'whsec_1b6f2ae8d0444a349cc1f4c8')

/** Opens a database with Node's own SQLite, or, where it has none, with the package that tools/setup installs. */
function open(path) {
  const Database = nodeSqlite() ?? createRequire(new URL('../../build/node-demo/', import.meta.url))('better-sqlite3')
  const database = new Database(path)
  database.exec('PRAGMA journal_mode = WAL')
  database.exec('PRAGMA busy_timeout = 60000')
  return database
}

function nodeSqlite() {
  try {
    return createRequire(import.meta.url)('node:sqlite').DatabaseSync
  } catch {
    return undefined
  }
}

// After the end of its lease, another worker may take what the killed one had.
const inboxOn = (database) => new Inbox(database, { webhook, lease: 1 })

export async function demonstrate() {
  console.log('The inbox, on SQLite')
  const folder = mkdtempSync(join(tmpdir(), 'hookseal-demo-'))
  try {
    await show(join(folder, 'inbox.sqlite'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function show(path) {
  const database = open(path)
  database.exec('CREATE TABLE handled (event TEXT)')
  const inbox = inboxOn(database)
  await inbox.migrate()

  const body = '{"id":"evt_1","type":"policy.created","data":{"policy_id":"P-1"}}'
  const headers = webhook.sign(body)
  for (let sent = 0; sent < 3; sent += 1) {
    const { event, outcome } = await inbox.receive(body, headers)
    console.log(`  ✓ ${event.type} ${event.dedupeKey} was sent: ${outcome}`)
  }

  const first = worker(path)
  console.log(`  ✓ a worker: ${await first.said}`)
  first.process.kill('SIGKILL')
  await first.ended
  console.log('  ✗ the worker is killed')
  const second = worker(path)
  console.log(`  ✓ another worker: ${await second.said}`)
  await second.ended

  const { count } = database.prepare('SELECT COUNT(*) AS count FROM handled').get()
  const { sources } = await inbox.stats()
  database.close()
  if (count !== 1 || sources.length > 0) throw new Error(`handled ${count} times, open: ${JSON.stringify(sources)}`)
  console.log('a delivery sent three times, its worker killed in the middle: handled exactly once')
}

/** Starts this file as a worker. */
function worker(path) {
  const process = spawn(globalThis.process.execPath, ['--no-warnings', here, path], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(process, 'close')
  const said = once(createInterface({ input: process.stdout }), 'line').then(([line]) => line)
  return { process, ended, said }
}

/** Handles one delivery. The first attempt never ends. */
async function work(path) {
  const database = open(path)
  const worker = new Worker(inboxOn(database), async ({ event, attempt }) => {
    database.prepare('INSERT INTO handled (event) VALUES (?)').run(event.id)
    process.stdout.write(`attempt ${attempt}, in the middle of the handler\n`)
    if (attempt === 1) await new Promise((resolve) => setTimeout(resolve, 2 ** 31 - 1))
    worker.stop()
  }, { idle: 0.05, logger: { info() {}, warn: console.error, error: console.error } })
  await worker.run()
  database.close()
}

if (process.argv[1] === here) await work(process.argv[2])
