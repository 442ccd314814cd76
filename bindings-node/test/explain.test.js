'use strict'

/** Every broken delivery, through the public API. */

const assert = require('node:assert/strict')
const fs = require('node:fs')
const path = require('node:path')
const test = require('node:test')
const { inspect } = require('node:util')

const { HooksealError, Report, Webhook } = require('hookseal')
const { bodyOf, root, secretsOf } = require('./vectors')

/** How many cases there are, and how many of them have secrets that no webhook can be built with. */
const CASES = 381
const UNUSABLE = 32

const { cases } = JSON.parse(fs.readFileSync(path.join(root, 'tests/explain/cases.json'), 'utf8'))

test('each broken delivery names its cause', () => {
  const failures = []
  let unusable = 0
  for (const one of cases) {
    try {
      if (one.expect.error === 'invalid_secret') {
        unusable += 1
        assert.throws(() => new Webhook(one.provider, secretsOf(one)), { code: 'invalid_secret' })
      } else {
        check(one)
      }
    } catch (error) {
      failures.push(`${one.name}: ${error.message}`)
    }
  }
  assert.deepEqual(failures, [], `${failures.length} of ${cases.length} failed`)
  assert.equal(cases.length, CASES)
  assert.equal(unusable, UNUSABLE)
})

function check(one) {
  const { expect } = one
  const now = one.now === undefined ? undefined : one.now * 1000
  const { accept_unsigned: acceptUnsigned, constants, origin } = one.options ?? {}
  const webhook = new Webhook(one.provider, secretsOf(one), { acceptUnsigned, constants, origin })
  const report = webhook.explain(bodyOf(one), one.headers, { secrets: one.hints, now, ...one.request })
  assert.ok(report instanceof Report)
  assert.equal(report.verifies, expect.verifies ?? false)
  assert.equal(report.error, expect.error ?? null)
  const codes = [expect.finding ?? [], expect.also ?? []].flat()
  const found = report.findings.map(({ code, proven }) => [code, proven])
  assert.deepEqual(found, codes.map((code) => [code, expect.proven]))
  const hidden = [...(one.secrets ?? []), ...(one.hints ?? [])].filter((secret) => secret.length > 12)
  for (const secret of hidden) assert.ok(!`${report} ${JSON.stringify(report)}`.includes(secret), 'the report holds a secret')
}

const body = '{"type":"claim.created","data":{"n":1.0}}'
const webhook = new Webhook('claimport', 'secret')
const signed = webhook.sign(body)

test('a report is frozen and reads as text', () => {
  const report = webhook.explain(`${body}\n`, signed)
  assert.equal(report.findings[0].code, 'body_final_newline')
  assert.throws(() => report.findings.push(1), TypeError)
  assert.throws(() => {
    report.findings[0].code = ''
  }, TypeError)
  assert.equal(inspect(report), String(report))
  assert.match(String(report), /body_final_newline, proven/)
})

test('headers are taken in every form that verify takes', () => {
  const pairs = Object.entries(signed)
  for (const headers of [signed, pairs, pairs.flat(), new Headers(signed), new Map(pairs), pairs[0][1]]) {
    assert.equal(webhook.explain(body, headers).verifies, true)
    assert.equal(webhook.explain(`${body} `, headers).findings[0].code, 'body_final_newline')
  }
  const listed = Object.fromEntries(pairs.map(([name, value]) => [name, [value]]))
  assert.equal(webhook.explain(body, { ...listed, 'x-other': undefined }).verifies, true)
  for (const none of [undefined, null, {}, []]) assert.equal(webhook.explain(body, none).error, 'missing_header')
  for (const headers of [1, [1], ['name'], [[1, 'value']], { name: 1 }, Promise.resolve(signed)]) {
    assert.throws(() => webhook.explain(body, headers), TypeError, inspect(headers))
  }
})

test('other secrets and another time are hints', () => {
  const other = new Webhook('claimport', 'another secret')
  const { findings } = other.explain(body, signed, { secrets: ['secret'] })
  assert.deepEqual([findings[0].code, findings[0].secret], ['secret_other_webhook', 1])
  const stripe = new Webhook('stripe', 'whsec_1')
  const event = '{"id":"evt_1","type":"x","data":{}}'
  const headers = stripe.sign(event, { timestamp: 1_000_000_000_000 })
  assert.equal(stripe.explain(event, headers).findings[0].code, 'delivery_old')
  assert.equal(stripe.explain(event, headers, { now: 1_000_000_000_000 }).verifies, true)
})

test('what is misused says so, as in verify', () => {
  assert.throws(() => webhook.explain({}, signed), { name: 'TypeError', message: /express\.raw/ })
  assert.throws(() => webhook.explain(body, signed, { secrets: 1 }), TypeError)
  assert.throws(() => webhook.explain(body, signed, { now: 'today' }), TypeError)
  assert.throws(() => new Report('{}', ''), Error)
})

test('an error of verify is the one that the report has', () => {
  assert.throws(
    () => webhook.verify(`${body} `, signed),
    (error) => error instanceof HooksealError && error.code === webhook.explain(`${body} `, signed).error
  )
})
