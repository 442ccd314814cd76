// The blocks that the README has for Knex, Drizzle, Kysely and Prisma: a record in their transactions.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { dirname, join } from 'node:path'
import { load, urls } from './kinds.mjs'

const { Webhook } = load('hookseal')
const { Inbox, Worker } = load('hookseal/inbox')

const webhook = new Webhook('coverkit', 'whsec_1b6f2ae8d0444a349cc1f4c8')
const folder = join(dirname(load.resolve('pg/package.json')), '../../transactions')
mkdirSync(folder, { recursive: true })
cpSync(fileURLToPath(new URL('../../examples/inbox-transactions', import.meta.url)), folder, { recursive: true })
const example = (name) => import(pathToFileURL(join(folder, `${name}.js`)))

const { Pool } = load('pg')

const SCHEMA = `
  generator client {
    provider = "prisma-client-js"
    output   = "./client"
  }
  datasource db {
    provider = "postgresql"
  }
  model Claim {
    id Int @id
  }
`

/** The client that Prisma generates. It needs no program of Prisma's beside itself, and none is looked for. */
function prismaClient() {
  const home = join(folder, '../prisma')
  mkdirSync(home, { recursive: true })
  writeFileSync(join(home, 'schema.prisma'), SCHEMA)
  const program = join(dirname(load.resolve('prisma/package.json')), 'build/index.js')
  const generate = [program, 'generate', '--schema', 'schema.prisma']
  const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' }
  execFileSync(process.execPath, generate, { cwd: home, env })
  return load(join(home, 'client')).PrismaClient
}

const libraries = {
  async Knex(t) {
    const { onKnex } = await example('knex')
    const knex = load('knex')({ client: 'pg', connection: urls.postgresql })
    t.after(() => knex.destroy())
    return {
      transaction: (work) => knex.transaction((trx) => work(trx, onKnex(trx))),
      write: (trx, sql) => trx.raw(sql),
      without: onKnex(knex)
    }
  },
  async Drizzle(t) {
    const { onDrizzle } = await example('drizzle')
    const pool = new Pool({ connectionString: urls.postgresql })
    t.after(() => pool.end())
    const db = load('drizzle-orm/node-postgres').drizzle(pool)
    return {
      transaction: (work) => db.transaction((tx) => work(tx, onDrizzle(tx))),
      write: (tx, sql) => tx.execute(sql),
      without: onDrizzle(db)
    }
  },
  async Kysely(t) {
    const { onKysely } = await example('kysely')
    const { Kysely, PostgresDialect, CompiledQuery } = load('kysely')
    const db = new Kysely({ dialect: new PostgresDialect({ pool: new Pool({ connectionString: urls.postgresql }) }) })
    t.after(() => db.destroy())
    return {
      transaction: (work) => db.transaction().execute((trx) => work(trx, onKysely(trx))),
      write: (trx, sql) => trx.executeQuery(CompiledQuery.raw(sql)),
      without: onKysely(db)
    }
  },
  async Prisma(t) {
    const { onPrisma } = await example('prisma')
    const { PrismaPg } = load('@prisma/adapter-pg')
    const Prisma = prismaClient()
    const prisma = new Prisma({ adapter: new PrismaPg({ connectionString: urls.postgresql }) })
    t.after(() => prisma.$disconnect())
    return {
      transaction: (work) => prisma.$transaction((tx) => work(tx, onPrisma(tx))),
      write: (tx, sql) => tx.$executeRawUnsafe(sql),
      without: onPrisma(prisma)
    }
  }
}

// Prisma 7 needs a newer one.
const isOld = process.versions.node.startsWith('18.')
if (isOld) delete libraries.Prisma

let count = 0

for (const [library, make] of Object.entries(libraries)) {
  test(`${library}: once and a worker in its transactions`, { timeout: 300_000 }, async (t) => {
    const { transaction, write, without } = await make(t)
    const pool = new Pool({ connectionString: urls.postgresql })
    t.after(() => pool.end())
    count += 1
    const name = `lib${process.pid}_${count}`
    const inbox = new Inbox(pool, { webhook, prefix: `${name}_` })
    await inbox.migrate()
    await pool.query(`CREATE TABLE ${name}_effect (id bigint)`)
    const effects = async () => (await pool.query(`SELECT count(*)::int AS number FROM ${name}_effect`)).rows[0].number
    const body = (id) => JSON.stringify({ id, type: 'policy.created', data: {} })
    const event = webhook.verify(body('e1'), webhook.sign(body('e1')))

    const record = (fails) => transaction(async (trx, connection) => {
      const isFirst = await inbox.once(connection, event)
      if (isFirst) await write(trx, `INSERT INTO ${name}_effect VALUES (1)`)
      if (fails) throw new RangeError('rolled back')
      return isFirst
    })
    await assert.rejects(record(true), RangeError)
    assert.equal(await effects(), 0)
    assert.equal(await record(false), true)
    assert.equal(await record(false), false)
    assert.equal(await effects(), 1)
    await assert.rejects(inbox.once(without, event), { name: 'InboxError', code: 'no_transaction' })
    await assert.rejects(inbox.once(pool, event), { name: 'InboxError', code: 'invalid_inbox' })

    await inbox.receive(body('e2'), webhook.sign(body('e2')))
    const lines = []
    const log = (line) => lines.push(line)
    const logger = { info: log, warn: log, error: log }
    const worker = new Worker(
      inbox,
      async ({ event: claimed }, trx) => {
        assert.equal(claimed.id, 'e2')
        await write(trx, `INSERT INTO ${name}_effect VALUES (2)`)
        void worker.stop()
      },
      { transaction, logger, signals: [] }
    )
    await worker.run()
    assert.equal(await effects(), 2, lines.join('\n'))
    assert.equal((await inbox.list({ state: 'done' })).length, 2)
  })
}

test('each library ran', () => assert.equal(Object.keys(libraries).length, isOld ? 3 : 4))
