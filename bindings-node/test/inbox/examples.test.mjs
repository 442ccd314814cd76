// The examples of the README, run as their reader would.
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { dependenciesOf, source, start } from '../packages/kit.mjs'
import { load, pathOf, sqlite, urls } from './kinds.mjs'

const { Webhook } = load('hookseal')
const home = dirname(dirname(dirname(load.resolve('pg/package.json'))))
const examples = ['inbox-express', 'inbox-fastify', 'inbox-nest', 'inbox-transactions']

function copied(name) {
  const folder = join(home, 'examples', `${name}-${process.version}`)
  rmSync(folder, { recursive: true, force: true })
  cpSync(join(source, 'examples', name), folder, { recursive: true })
  return folder
}

async function deliver(url, webhook, body, options) {
  const response = await fetch(url, { method: 'POST', headers: webhook.sign(body, options), body })
  return [response.status, await response.text(), response.headers.get('content-type')]
}

async function until(happened) {
  for (let tries = 0; !(await happened()); tries += 1) {
    if (tries === 3000) throw new Error('it did not happen')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Runs the example's worker until something has happened, and stops it as a service manager does. */
async function work(t, cwd, env, happened) {
  const worker = spawn(process.execPath, ['worker.js'], { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] })
  t.after(() => worker.kill('SIGKILL'))
  let text = ''
  worker.stdout.setEncoding('utf8').on('data', (chunk) => {
    text += chunk
  })
  const exited = once(worker, 'close')
  await until(happened)
  worker.kill('SIGTERM')
  assert.deepEqual(await exited, [0, null])
  return text
}

/** A PostgreSQL database of its own. */
async function database(t) {
  const { Client, Pool } = load('pg')
  const name = `example${process.pid}_${Date.now()}`
  const admin = new Client({ connectionString: urls.postgresql })
  await admin.connect()
  await admin.query(`CREATE DATABASE ${name}`)
  await admin.end()
  const url = new URL(urls.postgresql)
  url.pathname = name
  const pool = new Pool({ connectionString: url.href })
  t.after(() => pool.end())
  await pool.query('CREATE TABLE policy (id text NOT NULL)')
  const policies = async () => (await pool.query('SELECT id FROM policy')).rows.map(({ id }) => id)
  return { url: url.href, pool, policies }
}

test('example: inbox-express', { timeout: 300_000 }, async (t) => {
  const { url: DATABASE_URL, pool, policies } = await database(t)
  const folder = copied('inbox-express')
  const env = { DATABASE_URL, KASKO_SECRET: 'whsec_test', PORT: '0' }
  const webhook = new Webhook('kasko', env.KASKO_SECRET)
  const { url, printed } = await start(t, [process.execPath, 'server.js'], { cwd: folder, env })
  const path = `${url}/webhooks/kasko`
  const options = { type: 'policy.created', id: 'd-1' }
  const body = '{"policy_id":"P-1"}'
  for (let times = 0; times < 3; times += 1) assert.deepEqual(await deliver(path, webhook, body, options), [204, '', null])
  const forged = await deliver(path, new Webhook('kasko', 'whsec_other'), body, options)
  assert.deepEqual(forged.slice(0, 2), [401, '{"error":"signature_mismatch"}'])
  const text = await work(t, folder, env, async () => (await policies()).length > 0)
  assert.match(text, /delivery 1 of kasko: done/)
  assert.deepEqual(await policies(), ['P-1'])
  // A database that cannot take it is no success.
  await pool.query('ALTER TABLE hookseal_delivery RENAME TO elsewhere')
  assert.deepEqual((await deliver(path, webhook, '{"policy_id":"P-2"}', options)).slice(0, 2), [500, '{"error":"schema_missing"}'])
  assert.match(printed(), /delivery refused: schema_missing: /)
})

test('example: inbox-fastify', { timeout: 300_000 }, async (t) => {
  const folder = copied('inbox-fastify')
  const env = { DATABASE: pathOf('example'), COVERKIT_SECRET: 'whsec_test', PORT: '0' }
  const webhook = new Webhook('coverkit', env.COVERKIT_SECRET)
  const { url } = await start(t, [process.execPath, 'server.js'], { cwd: folder, env })
  const db = new sqlite['better-sqlite3'](env.DATABASE, { timeout: 60_000 })
  db.exec('CREATE TABLE seen (type TEXT, id TEXT)')
  const body = '{"id":"e-1","type":"policy.created","data":{}}'
  for (let times = 0; times < 3; times += 1) {
    assert.deepEqual((await deliver(`${url}/webhooks/coverkit`, webhook, body)).slice(0, 2), [204, ''])
  }
  const seen = () => db.prepare('SELECT type, id FROM seen').raw().all()
  await work(t, folder, env, () => seen().length > 0)
  assert.deepEqual(seen(), [['policy.created', 'e-1']])
  db.close()
})

test('example: inbox-nest', { timeout: 300_000 }, async (t) => {
  const { url: DATABASE_URL, pool } = await database(t)
  const folder = copied('inbox-nest')
  const compile = [join(dirname(load.resolve('typescript/package.json')), 'bin/tsc')]
  execFileSync(process.execPath, compile, { cwd: folder, stdio: 'inherit' })
  const env = { DATABASE_URL, KASKO_SECRET: 'whsec_test', PORT: '0' }
  const webhook = new Webhook('kasko', env.KASKO_SECRET)
  const { url } = await start(t, [process.execPath, 'build/main.js'], { cwd: folder, env })
  const path = `${url}/webhooks/kasko`
  const options = { type: 'policy.created', id: 'd-1' }
  const body = '{"policy_id":"P-1"}'
  for (let times = 0; times < 3; times += 1) assert.equal((await deliver(path, webhook, body, options))[0], 204)
  assert.equal((await deliver(path, new Webhook('kasko', 'whsec_other'), body, options))[0], 401)
  const { rows } = await pool.query('SELECT duplicates, state FROM hookseal_delivery d JOIN hookseal_job j ON j.seq = d.seq')
  assert.deepEqual(rows, [{ duplicates: 2, state: 'waiting' }])
})

test('example: inbox-transactions', { timeout: 300_000 }, async (t) => {
  const { url: DATABASE_URL, policies } = await database(t)
  const env = { ...process.env, DATABASE_URL, KASKO_SECRET: 'whsec_test', CLAIMPORT_SECRET: 'whsec_test' }
  const cwd = copied('inbox-transactions')
  for (let times = 0; times < 2; times += 1) execFileSync(process.execPath, ['pg.js'], { cwd, env })
  assert.deepEqual(await policies(), ['TEST-POLICY-12345'])
})

for (const name of examples) {
  test(`example: ${name} depends on what is tested`, () => {
    const { declared, installed } = dependenciesOf(name, home)
    assert.deepEqual(declared, installed)
  })
}
