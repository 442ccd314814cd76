// The tables as the migrations of Knex, Kysely and Drizzle make them, with the blocks that the README has.
import assert from 'node:assert/strict'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { dirname, join } from 'node:path'
import { tmpdir } from 'node:os'
import { load, urls } from './kinds.mjs'

const { Webhook } = load('hookseal')
const { Inbox } = load('hookseal/inbox')
const { Pool } = load('pg')

const webhook = new Webhook('coverkit', 'whsec_1b6f2ae8d0444a349cc1f4c8')
const folder = join(dirname(load.resolve('pg/package.json')), '../../migrations')
mkdirSync(folder, { recursive: true })
cpSync(fileURLToPath(new URL('../../examples/inbox-migrations', import.meta.url)), folder, { recursive: true })
const example = (name) => import(pathToFileURL(join(folder, `${name}.js`)))

const libraries = {
  async Knex(t, url) {
    const migration = await example('knex')
    const knex = load('knex')({ client: 'pg', connection: url })
    t.after(() => knex.destroy())
    const migrationSource = { getMigrations: async () => ['inbox'], getMigrationName: (name) => name, getMigration: async () => migration }
    const [, made] = await knex.migrate.latest({ migrationSource })
    assert.deepEqual(made, ['inbox'])
    // Taken back and made again.
    await knex.migrate.rollback({ migrationSource })
    await knex.migrate.latest({ migrationSource })
  },
  async Kysely(t, url) {
    const migration = await example('kysely')
    const { Kysely, Migrator, PostgresDialect } = load('kysely')
    const db = new Kysely({ dialect: new PostgresDialect({ pool: new Pool({ connectionString: url }) }) })
    t.after(() => db.destroy())
    const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ inbox: migration }) } })
    const { error, results } = await migrator.migrateToLatest()
    assert.equal(error, undefined)
    assert.deepEqual(results.map(({ status }) => status), ['Success'])
  },
  /** With the file that `drizzle-kit generate --custom` leaves, and what `hookseal inbox schema` prints in it. */
  async Drizzle(t, url) {
    const migrationsFolder = mkdtempSync(join(tmpdir(), 'hookseal-drizzle-'))
    t.after(() => rmSync(migrationsFolder, { recursive: true }))
    mkdirSync(join(migrationsFolder, 'meta'))
    const entry = { idx: 0, version: '7', when: 1_700_000_000_000, tag: '0000_inbox', breakpoints: true }
    writeFileSync(join(migrationsFolder, 'meta/_journal.json'), JSON.stringify({ version: '7', dialect: 'postgresql', entries: [entry] }))
    writeFileSync(join(migrationsFolder, '0000_inbox.sql'), `-- Custom SQL migration file, put your code below! --\n${Inbox.schema('postgresql')}`)
    const pool = new Pool({ connectionString: url })
    t.after(() => pool.end())
    await load('drizzle-orm/node-postgres/migrator').migrate(load('drizzle-orm/node-postgres').drizzle(pool), { migrationsFolder })
  }
}

let ran = 0

for (const [library, migrate] of Object.entries(libraries)) {
  test(`${library}: its migration makes the tables`, { timeout: 300_000 }, async (t) => {
    const admin = new Pool({ connectionString: urls.postgresql })
    t.after(() => admin.end())
    const name = `migrated_${library.toLowerCase()}_${process.pid}`
    await admin.query(`CREATE DATABASE ${name}`)
    const url = urls.postgresql.replace(/[^/]*$/, name)
    await migrate(t, url)

    const pool = new Pool({ connectionString: url })
    t.after(() => pool.end())
    const inbox = new Inbox(pool, { webhook })
    assert.equal(await inbox.migrate(), false)
    const body = '{"id":"e1","type":"policy.created","data":{}}'
    assert.equal((await inbox.receive(body, webhook.sign(body))).outcome, 'stored')
    assert.equal((await inbox.claim(1))[0].event.id, 'e1')
    ran += 1
  })
}

test('each library ran', () => assert.equal(ran, 3))
