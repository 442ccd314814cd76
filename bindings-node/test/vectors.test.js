'use strict'

/** Every conformance case, through the public API. */

const assert = require('node:assert/strict')
const test = require('node:test')

const { HooksealError, Scheme, Webhook } = require('hookseal')
const { bodyOf, samples, secretsOf, vectors } = require('./vectors')

/** How many cases there are. A runner that finds fewer has lost some. */
const VECTORS = 2457
/** The fewest samples: a provider more has more. */
const SAMPLES = 41

test('the vectors give what they expect', () => {
  assert.equal(run(vectors()), VECTORS)
})

test('the sample deliveries give what they expect', () => {
  assert.ok(run(samples()) >= SAMPLES)
})

function run(cases) {
  const failures = []
  for (const one of cases) {
    try {
      check(one)
    } catch (error) {
      failures.push(`${one.name}: ${error.message}`)
    }
  }
  assert.deepEqual(failures, [], `${failures.length} of ${cases.length} failed`)
  return cases.length
}

function check(one) {
  const { event, error, canonical } = one.expect
  if (error !== undefined) {
    assert.throws(() => verified(one), (thrown) => isRefusal(thrown, error, one))
    return
  }
  const found = verified(one)
  compare(found, event)
  if (canonical !== undefined) assert.equal(JSON.stringify(JSON.parse(bodyOf(one))), canonical)
}

function verified(one) {
  const { accept_unsigned: acceptUnsigned, constants, origin } = one.options ?? {}
  const scheme = one.provider === undefined ? undefined : one.scheme
  const options = { tolerance: one.tolerance, scheme, acceptUnsigned, constants, origin }
  const webhook = new Webhook(one.provider ?? new Scheme(one.scheme), secretsOf(one), options)
  return webhook.verify(bodyOf(one), one.headers, { now: one.now === undefined ? undefined : one.now * 1000, ...one.request })
}

function isRefusal(thrown, code, one) {
  assert.ok(thrown instanceof HooksealError, thrown.stack)
  assert.equal(thrown.code, code)
  const hidden = [...(one.secrets ?? []), ...one.headers.map(([, value]) => value)].filter((text) => text.length > 12)
  const shown = `${thrown.message} ${require('node:util').inspect(thrown)}`
  for (const text of hidden) assert.ok(!shown.includes(text), `the error holds ${text}`)
  return true
}

function compare(found, expected) {
  assert.equal(found.provider, expected.provider)
  assert.equal(found.type, expected.type)
  assert.equal(found.id, expected.id)
  assert.equal(found.test, expected.test)
  assert.equal(found.createdAt?.getTime() ?? null, instant(expected.created_at))
  if ('data' in expected) assert.deepEqual(found.data ?? null, expected.data)
  if ('envelope' in expected) assert.deepEqual(found.envelope ?? null, expected.envelope)
  if ('has_data' in expected) assert.equal(found.data !== undefined, expected.has_data)
  if ('unsigned' in expected) assert.deepEqual(found.unsigned, expected.unsigned)
  if ('key_index' in expected) assert.equal(found.keyIndex, expected.key_index)
  if ('dedupe_key' in expected) assert.equal(found.dedupeKey, expected.dedupe_key)
}

/** What is finer than a millisecond is cut off; `Date.parse` knows neither that nor a leap year before 1. */
function instant(text) {
  return text === null ? null : Date.parse(text.replace(/(\.\d{3})\d+/, '$1').toUpperCase())
}
