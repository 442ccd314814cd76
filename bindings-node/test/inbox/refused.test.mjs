// What does not come to the database, and what a worker does not wait for.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kinds, load } from './kinds.mjs'

const { Webhook } = load('hookseal')
const { Inbox, InboxError, Worker } = load('hookseal/inbox')

const webhook = new Webhook('coverkit', 'whsec_1b6f2ae8d0444a349cc1f4c8')
const body = JSON.stringify({ id: 'e1', type: 'policy.created', data: {} })

test('a forged delivery takes no connection of the pool', async () => {
  let taken = 0
  const connect = async () => {
    taken += 1
    throw new Error('the pool is exhausted')
  }
  const inbox = new Inbox({ dialect: 'postgresql', connect }, { webhook })
  await assert.rejects(inbox.receive('{}', webhook.sign(body)), { name: 'SignatureMismatchError' })
  assert.equal(taken, 0)
  await assert.rejects(inbox.receive(body, webhook.sign(body)), { name: 'InboxError', code: 'unavailable', httpStatus: 503 })
  assert.equal(taken, 1)
})

test('missing tables end a worker, which would wait for them for ever', { timeout: 300_000 }, async (t) => {
  const opened = await kinds.find(({ name }) => name === 'pg Pool').open()
  t.after(() => opened.close())
  const inbox = new Inbox(opened.database, { webhook, prefix: `none${process.pid}_` })
  const worker = new Worker(inbox, () => {}, { signals: [], logger: { info() {}, warn() {}, error() {} } })
  await assert.rejects(worker.run(), (error) => error instanceof InboxError && error.code === 'schema_missing')
})
