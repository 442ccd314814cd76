// The conformance cases and the broken deliveries, with what every runtime has: `run` gives how many there were of each
// kind, and what went wrong.

/** `library` is what `hookseal` exports; `given` is { vectors, broken }. */
export function run(library, { vectors, broken }) {
  const failures = []
  const attempt = (one, check) => {
    try {
      check(library, one)
    } catch (error) {
      failures.push(`${one.name}: ${error?.message}`)
    }
  }
  for (const one of vectors) attempt(one, checkVector)
  for (const one of broken) attempt(one, checkBroken)
  return { vectors: vectors.length, broken: broken.length, failures }
}

const bytesOf = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
const bodyOf = ({ body, body_base64 }) => (body === undefined ? bytesOf(body_base64) : new TextEncoder().encode(body))
const secretsOf = ({ secrets, secrets_base64 }) => secrets ?? secrets_base64.map(bytesOf)
const dateOf = (seconds) => (seconds === undefined ? undefined : seconds * 1000)

function checkVector({ HooksealError, Scheme, Webhook }, one) {
  const { event, error } = one.expect
  let found
  try {
    const { accept_unsigned: acceptUnsigned, constants, origin } = one.options ?? {}
    const scheme = one.provider === undefined ? undefined : one.scheme
    const options = { tolerance: one.tolerance, scheme, acceptUnsigned, constants, origin }
    const webhook = new Webhook(one.provider ?? new Scheme(one.scheme), secretsOf(one), options)
    found = webhook.verify(bodyOf(one), one.headers, { now: dateOf(one.now), ...one.request })
  } catch (thrown) {
    equal(thrown instanceof HooksealError, true, thrown.stack)
    equal(thrown.code, error, 'code')
    const hidden = [...(one.secrets ?? []), ...one.headers.map(([, value]) => value)].filter((text) => text.length > 12)
    for (const text of hidden) equal(thrown.message.includes(text), false, 'the error holds a secret')
    return
  }
  equal(undefined, error, 'an event')
  equal(found.provider, event.provider, 'provider')
  equal(found.type, event.type, 'type')
  equal(found.id, event.id, 'id')
  equal(found.test, event.test, 'test')
  equal(found.createdAt?.getTime() ?? null, instant(event.created_at), 'createdAt')
  if ('data' in event) equal(found.data ?? null, event.data, 'data')
  if ('envelope' in event) equal(found.envelope ?? null, event.envelope, 'envelope')
  if ('has_data' in event) equal(found.data !== undefined, event.has_data, 'has_data')
  if ('unsigned' in event) equal(found.unsigned, event.unsigned, 'unsigned')
  if ('key_index' in event) equal(found.keyIndex, event.key_index, 'keyIndex')
  if ('dedupe_key' in event) equal(found.dedupeKey, event.dedupe_key, 'dedupeKey')
}

function checkBroken({ Webhook }, one) {
  const { expect } = one
  let webhook
  try {
    const { accept_unsigned: acceptUnsigned, constants, origin } = one.options ?? {}
    webhook = new Webhook(one.provider, secretsOf(one), { acceptUnsigned, constants, origin })
  } catch ({ code }) {
    equal(code, expect.error, 'code')
    return
  }
  const report = webhook.explain(bodyOf(one), one.headers, { secrets: one.hints, now: dateOf(one.now), ...one.request })
  equal(report.verifies, expect.verifies ?? false, 'verifies')
  equal(report.error, expect.error ?? null, 'error')
  const codes = [expect.finding ?? [], expect.also ?? []].flat()
  equal(report.findings.map(({ code, proven }) => [code, proven]), codes.map((code) => [code, expect.proven]), 'findings')
}

/** What is finer than a millisecond is cut off; `Date.parse` knows neither that nor a leap year before 1. */
function instant(text) {
  return text === null ? null : Date.parse(text.replace(/(\.\d{3})\d+/, '$1').toUpperCase())
}

function equal(found, expected, what) {
  if (!same(found, expected)) throw new Error(`${what}: ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`)
}

function same(a, b) {
  if (Object.is(a, b) || a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const [keys, others] = [Object.keys(a), Object.keys(b)]
  return Array.isArray(a) === Array.isArray(b) && keys.length === others.length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]))
}
