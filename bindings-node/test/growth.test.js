'use strict'

/** Verifying for a long time needs no more memory than verifying for a short time. */

const assert = require('node:assert/strict')
const { test } = require('node:test')
const v8 = require('node:v8')
const vm = require('node:vm')

const { Webhook } = require('hookseal')

const VERIFICATIONS = 2_000_000
const WEBHOOKS = 20_000
const MIB = 1024 * 1024
/** What an allocator may keep: far less than what would be lost. */
const SLACK = 24 * MIB

v8.setFlagsFromString('--expose-gc')
const collect = vm.runInNewContext('gc')

/** Memory once what is not needed is collected, and finalizers, which run later, have run. */
async function memory() {
  for (let round = 0; round < 3; round += 1) {
    collect()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return process.memoryUsage()
}

test(`${VERIFICATIONS} verifications leave nothing behind`, async () => {
  const webhook = new Webhook('claimport', 'secret')
  const body = Buffer.from('{"type":"claim.created","id":"c-1","data":{"name":"Zoë ✓","list":[1,2,3]}}')
  const headers = webhook.sign(body)
  const forged = { 'X-ClaimPort-Signature': `sha256=${'0'.repeat(64)}` }
  const run = (times) => {
    for (let round = 0; round < times; round += 1) {
      if (round % 16 === 0) assert.throws(() => webhook.verify(body, forged))
      else if (webhook.verify(body, headers).data.list.length !== 3) assert.fail()
    }
  }
  run(VERIFICATIONS / 10)
  const { rss: before } = await memory()
  run(VERIFICATIONS)
  const grown = (await memory()).rss - before
  assert.ok(grown < SLACK, `${(grown / MIB).toFixed(1)} MiB more`)
})

test(`${WEBHOOKS} webhooks are given back`, async () => {
  const run = async (times) => {
    for (let round = 0; round < times; round += 1) {
      new Webhook('kasko', ['a secret', 'and another']).sign('{}', { type: 'a' })
      if (round % 1000 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
  }
  // Until the allocator has all the memory that it takes for so many at once.
  await run(3 * WEBHOOKS)
  // What is lost is lost each time; what the collector leaves for later, or the allocator takes once, is not.
  let grown = Infinity
  for (let round = 0; round < 3 && grown >= SLACK; round += 1) {
    const { rss: before } = await memory()
    await run(WEBHOOKS)
    grown = Math.min(grown, (await memory()).rss - before)
  }
  assert.ok(grown < SLACK, `${(grown / MIB).toFixed(1)} MiB more`)
})

test('an id that is kept does not keep its body', async () => {
  const webhook = new Webhook('claimport', 'secret')
  const filler = 'x'.repeat(100_000)
  const { heapUsed: before } = await memory()
  const kept = new Set()
  for (let number = 0; number < 1000; number += 1) {
    const body = `{"type":"claim.created","id":"a claim's id, number ${number}","data":{"filler":"${filler}"}}`
    const event = webhook.verify(body, webhook.sign(body))
    kept.add(event.id).add(event.type).add(event.dedupeKey)
  }
  const grown = (await memory()).heapUsed - before
  assert.ok(grown < SLACK, `${(grown / MIB).toFixed(1)} MiB more for ${kept.size} ids`)
})
