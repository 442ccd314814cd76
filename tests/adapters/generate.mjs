#!/usr/bin/env node
// Writes cases.json beside this script, or to the file given: requests as they reach an adapter, and what must come of
// them. Signed with Node's own crypto and encoded with its zlib; the same input gives the same bytes.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'

import { hex, hmac, sha256, write } from '../vectors/generator/kit.mjs'

const MIB = 1024 * 1024
/** When the signed timestamps are of, and a tolerance that takes them at any time. */
const THEN = 1_760_000_000
const ANY_TIME = 10_000_000_000

const SECRET = {
  kasko: 'whsec_9c2d41f07be6538a1d9e04c7',
  claimport: '3f8a1c5e9b2d7046a8c3e1f5b9d2074c6e8a1b3d',
  mycover: 'MCASECK|1b4e28ba-2fa1-41d2-883f-0016d3cca427',
  stripe: 'whsec_1gGm5pKq8TzYvX3nR7wB2cD4eF6hJ9kL',
  github: 'It is a secret to everybody',
  'standard-webhooks': 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD',
}

const cases = []

/** A request with its `body`, a string, a buffer or `{ before, repeat, times, after }`, and what comes of it. */
function add(name, { why, provider, scheme, secrets, options, headers, body, needs }, expect) {
  const entry = { name }
  if (why !== undefined) entry.why = why
  if (needs !== undefined) entry.needs = needs
  if (provider !== undefined) entry.provider = provider
  if (scheme !== undefined) entry.scheme = scheme
  entry.secrets = secrets ?? [SECRET[provider]]
  if (options !== undefined) entry.options = options
  const request = { headers }
  if (Buffer.isBuffer(body)) request.body_base64 = body.toString('base64')
  else if (typeof body === 'string') request.body = body
  else request.body_repeated = body
  entry.request = request
  entry.expect = expect
  cases.push(entry)
}

const bytes = (body) =>
  typeof body === 'object' && !Buffer.isBuffer(body)
    ? Buffer.from(body.before + body.repeat.repeat(body.times) + body.after)
    : Buffer.from(body)

const handled = (event) => ({ handled: event })
const refused = (status, error) => ({ refused: { status, error } })
const ACKNOWLEDGED = { acknowledged: true }
const JSON_TYPE = ['Content-Type', 'application/json']

function kasko(body, { type = 'policy.created', id = 'baf59150f9a60c1c0e6a700e6f531676', signed = body, secret = SECRET.kasko, more = [JSON_TYPE] } = {}) {
  const headers = [['X-KASKO-Event', type], ['X-KASKO-Delivery', id], ['X-KASKO-Signature', `sha1=${hex('sha1', secret, bytes(signed))}`], ...more]
  return { provider: 'kasko', headers, body }
}
function claimport(body, { signed = body, more = [JSON_TYPE] } = {}) {
  return { provider: 'claimport', headers: [['X-ClaimPort-Signature', `sha256=${hex('sha256', SECRET.claimport, bytes(signed))}`], ...more], body }
}
function mycover(body, { signed = body } = {}) {
  return { provider: 'mycover', headers: [['x-mycoverai-signature', hex('sha512', SECRET.mycover, signed)], JSON_TYPE], body }
}
function stripe(body, { t = THEN, options = { tolerance: ANY_TIME } } = {}) {
  return { provider: 'stripe', options, headers: [['Stripe-Signature', `t=${t},v1=${hex('sha256', SECRET.stripe, `${t}.`, body)}`], JSON_TYPE], body }
}
function github(body, { type = 'push', id = '72d3162e-cc78-11e3-81ab-4c9367dc0958', more = [JSON_TYPE] } = {}) {
  const headers = [['X-GitHub-Event', type], ['X-GitHub-Delivery', id], ['X-Hub-Signature-256', `sha256=${hex('sha256', SECRET.github, bytes(body))}`], ...more]
  return { provider: 'github', headers, body }
}
function standard(body, { brand = 'webhook', id = 'msg_2KWPBgLlAfxdpx2AI54pPJ85f4W', more = [JSON_TYPE], signed = body } = {}) {
  const key = Buffer.from(SECRET['standard-webhooks'].slice(6), 'base64')
  const digest = hmac('sha256', key, `${id}.${THEN}.`, signed).toString('base64')
  const headers = [[`${brand}-id`, id], [`${brand}-timestamp`, String(THEN)], [`${brand}-signature`, `v1,${digest}`], ...more]
  return { provider: 'standard-webhooks', options: { tolerance: ANY_TIME }, headers, body }
}

const change = (fields, header, how) => ({
  ...fields,
  headers: fields.headers.map(([name, value]) => [name, name === header ? how(value) : value]),
})
const without = (fields, header) => ({ ...fields, headers: fields.headers.filter(([name]) => name !== header) })
const withOptions = (fields, options) => ({ ...fields, options })

// Genuine deliveries.
const POLICY = '{"policy_id":"TEST-POLICY-12345","livemode":true,"first_name":"Zoë"}'
const POLICY_EVENT = {
  provider: 'kasko', type: 'policy.created', id: 'baf59150f9a60c1c0e6a700e6f531676', created_at: null, test: false, check: false,
  data: JSON.parse(POLICY), unsigned: ['type', 'id'], key_index: 0, dedupe_key: `kasko:policy.created:${sha256(POLICY)}`,
  envelope: JSON.parse(POLICY),
}
add('genuine/kasko', kasko(POLICY), handled(POLICY_EVENT))
add('genuine/kasko-names-in-lower-case', { ...kasko(POLICY), headers: kasko(POLICY).headers.map(([name, value]) => [name.toLowerCase(), value]) }, handled(POLICY_EVENT))
const SPACED = '{ "livemode" : true,\r\n "first_name":"J\u00fcrgen\\u0041" }\n'
add('genuine/every-byte-counts', kasko(SPACED), handled({ type: 'policy.created', data: { livemode: true, first_name: 'J\u00fcrgenA' }, body: SPACED }))
for (const type of ['application/json; charset=utf-8', 'application/vnd.acme+json', 'text/plain', 'application/octet-stream']) {
  add(`genuine/content-type-${type.replace(/[^a-z]+/g, '-')}`, kasko(POLICY, { more: [['Content-Type', type]] }), handled({ type: 'policy.created', data: JSON.parse(POLICY) }))
}
const CLAIM = '{"id":"evt_1","type":"claim.created","timestamp":"2026-01-15T10:30:00.25Z","data":{"claim":{"id":"clm_1","amount":12.5}}}'
add('genuine/claimport', claimport(CLAIM), handled({
  provider: 'claimport', type: 'claim.created', id: 'evt_1', created_at: '2026-01-15T10:30:00.25Z', test: false, check: false,
  data: { claim: { id: 'clm_1', amount: 12.5 } }, unsigned: [], key_index: 0, dedupe_key: 'claimport:evt_1', envelope: JSON.parse(CLAIM),
}))
const PURCHASE = '{"event":"purchase.successful","status":"failed","event_id":"a1","data":{"essential":{"first_name":"Zoë"}}}'
add('genuine/mycover-written-otherwise', { ...mycover(PURCHASE.replaceAll(':', ' : '), { signed: PURCHASE }), why: 'MyCover.ai signs what JSON.stringify makes of the body.' }, handled({ provider: 'mycover', type: 'purchase.successful', id: 'a1', envelope: JSON.parse(PURCHASE), body: PURCHASE }))
const PAID = '{"id":"evt_1","type":"invoice.paid","account":"acct_1","livemode":true,"data":{"object":{"id":"in_1"}}}'
add('genuine/stripe', stripe(PAID), handled({ provider: 'stripe', type: 'invoice.paid', id: 'evt_1', data: { object: { id: 'in_1' } }, envelope: JSON.parse(PAID), dedupe_key: 'stripe:evt_1' }))
for (const brand of ['webhook', 'svix']) {
  add(`genuine/standard-webhooks-${brand}`, standard(PAID, { brand }), handled({ type: 'invoice.paid', id: 'msg_2KWPBgLlAfxdpx2AI54pPJ85f4W', dedupe_key: 'standard-webhooks:msg_2KWPBgLlAfxdpx2AI54pPJ85f4W' }))
}
add('genuine/second-secret', { ...kasko(POLICY), secrets: ['whsec_the-new-one', SECRET.kasko] }, handled({ key_index: 1, type: 'policy.created' }))

// Schemes of the user's.
const acme = (payload) => ({
  name: 'acme',
  signature: [{ header: 'X-Acme-Signature', algorithm: 'hmac-sha256', encoding: 'hex', content: '{body}' }],
  payload,
  event: { type_required: false, type: { header: 'X-Acme-Event' } },
})
const acmeSent = (payload, body) => ({
  scheme: acme(payload), secrets: ['acme_secret'],
  headers: [['X-Acme-Event', 'thing.made'], ['X-Acme-Signature', hex('sha256', 'acme_secret', body)], ['Content-Type', 'application/octet-stream']], body,
})
const BYTES = Buffer.from([0, 0xff, 0x1f, 0x8b, 0x0d, 0x0a])
add('scheme/bytes', acmeSent({ format: 'bytes' }, BYTES), handled({ provider: 'acme', type: 'thing.made', unsigned: ['type'], data: null, envelope: null }))
add('scheme/any-json', acmeSent({ accepts: ['any'] }, '"text"'), handled({ provider: 'acme', data: null, envelope: 'text' }))

// Forged and spoiled ones.
add('refused/body-changed', { ...kasko(POLICY), body: POLICY.replace('12345', '54321') }, refused(401, 'signature_mismatch'))
add('refused/newline-appended', { ...kasko(POLICY), body: `${POLICY}\n` }, refused(401, 'signature_mismatch'))
add('refused/another-secret', kasko(POLICY, { secret: 'whsec_of-somebody-else' }), refused(401, 'signature_mismatch'))
add('refused/signature-missing', without(kasko(POLICY), 'X-KASKO-Signature'), refused(401, 'missing_header'))
add('refused/type-header-missing', without(kasko(POLICY), 'X-KASKO-Event'), refused(401, 'missing_header'))
for (const [label, value] of [['of-another-form', 'sha1=xyz'], ['without-prefix', hex('sha1', SECRET.kasko, POLICY)], ['too-short', 'sha1=00ff'], ['of-another-algorithm', `sha256=${hex('sha256', SECRET.kasko, POLICY)}`]]) {
  add(`refused/signature-${label}`, change(kasko(POLICY), 'X-KASKO-Signature', () => value), refused(401, 'malformed_header'))
}
add('refused/signature-twice', { ...kasko(POLICY), headers: [...kasko(POLICY).headers, ['X-KASKO-Signature', `sha1=${'0'.repeat(40)}`]] }, refused(401, 'malformed_header'))
add('refused/type-twice', { ...kasko(POLICY), headers: [...kasko(POLICY).headers, ['X-KASKO-Event', 'policy.cancelled']], why: 'Some servers hand on one of the two alone.', needs: 'headers_twice' }, refused(401, 'malformed_header'))
add('refused/type-joined', change(kasko(POLICY), 'X-KASKO-Event', () => 'policy.created, policy.cancelled'), refused(401, 'malformed_header'))
add('genuine/type-joined-with-itself', change(kasko(POLICY), 'X-KASKO-Event', () => 'policy.created, policy.created'), handled({ type: 'policy.created' }))
add('refused/timestamp-too-old', stripe(PAID, { t: 1_700_000_000, options: {} }), refused(401, 'timestamp_out_of_tolerance'))
add('refused/not-an-object', kasko('[1]'), refused(400, 'invalid_payload'))
add('refused/not-json', kasko('{"a":'), refused(400, 'invalid_payload'))
add('refused/not-utf-8', kasko(Buffer.from([0x7b, 0x22, 0xe9, 0x22, 0x3a, 0x31, 0x7d])), refused(400, 'invalid_payload'))
add('refused/without-a-type', claimport('{"id":"evt_1"}'), refused(400, 'invalid_payload'))

// Nothing at all.
add('empty/authentic', kasko(''), refused(400, 'invalid_payload'))
add('empty/forged', { ...kasko(POLICY), body: '' }, refused(401, 'signature_mismatch'))
add('empty/standard-webhooks', standard(''), handled({ type: '', id: 'msg_2KWPBgLlAfxdpx2AI54pPJ85f4W', data: null, envelope: null, body: '' }))

// Other kinds of bodies.
const BATCH = '[{"type":"contact.created"},{"type":"contact.deleted"}]'
add('array/standard-webhooks', standard(BATCH), handled({ type: '', data: null, envelope: JSON.parse(BATCH), body: BATCH }))
add('array/kasko', kasko(BATCH), refused(400, 'invalid_payload'))
const FORM = 'payload=%7B%22action%22%3A%22opened+%26+closed%22%2C%22name%22%3A%22Zo%C3%AB%22%7D'
const FORM_DATA = { action: 'opened & closed', name: 'Zoë' }
const FORM_TYPE = ['Content-Type', 'application/x-www-form-urlencoded']
add('form/github', { ...github(FORM, { type: 'issues', more: [FORM_TYPE] }), why: 'GitHub’s default content type.' }, handled({ provider: 'github', type: 'issues', data: FORM_DATA, envelope: FORM_DATA, body: FORM, dedupe_key: `github:issues:${sha256(FORM)}` }))
add('form/github-as-json-by-its-type', { ...github(FORM, { more: [JSON_TYPE] }), why: 'The body tells, for Content-Type is not signed.' }, handled({ type: 'push', data: FORM_DATA }))
add('form/github-json-as-a-form-by-its-type', github('{"a":1}', { more: [FORM_TYPE] }), handled({ type: 'push', data: { a: 1 } }))
add('form/github-changed', { ...github(FORM, { more: [FORM_TYPE] }), body: FORM.replace('opened', 'edited') }, refused(401, 'signature_mismatch'))
add('form/kasko', kasko(FORM, { more: [FORM_TYPE] }), refused(400, 'invalid_payload'))

// Tests and checks.
const CHECK = '{"type":"webhook.test","timestamp":"2026-01-15T10:00:00Z"}'
const LIVEMODE = POLICY.replace('"livemode":true', '"livemode":false')
add('check/acknowledged', claimport(CHECK), ACKNOWLEDGED)
add('check/forged', { ...claimport(CHECK), body: CHECK.replace('10:00', '11:00') }, refused(401, 'signature_mismatch'))
add('check/asked-for', withOptions(claimport(CHECK), { acknowledge: 'none' }), handled({ type: 'webhook.test', test: true, check: true, data: {} }))
add('test/handled', kasko(LIVEMODE), handled({ type: 'policy.created', test: true, check: false }))
add('test/acknowledged', withOptions(kasko(LIVEMODE), { acknowledge: 'tests' }), ACKNOWLEDGED)

// How large a body may be.
const reads = (fields) => ({ ...fields, needs: 'adapter_reads' })
const sized = (size) => {
  const [before, after] = ['{"text":"', '"}']
  return { before, repeat: 'x', times: size - before.length - after.length, after }
}
add('size/kasko-at-the-limit', reads(kasko(sized(MIB))), handled({ type: 'policy.created' }))
add('size/kasko-over-the-limit', reads(kasko(sized(MIB + 1))), refused(413, 'body_too_large'))
add('size/github-over-a-mebibyte', reads({ ...github(sized(2 * MIB)), why: 'GitHub documents 25 MB.' }), handled({ type: 'push' }))
add('size/github-with-an-option', reads(withOptions(github(sized(2 * MIB)), { max_body: MIB })), refused(413, 'body_too_large'))
add('size/option-at-the-limit', reads(withOptions(kasko(sized(100)), { max_body: 100 })), handled({ type: 'policy.created' }))
add('size/option-over-the-limit', reads(withOptions(kasko(sized(101)), { max_body: 100 })), refused(413, 'body_too_large'))
add('size/option-over-the-default', reads(withOptions(kasko(sized(MIB + 1)), { max_body: 2 * MIB })), handled({ type: 'policy.created' }))

// What a body is encoded as. A framework that decodes bodies itself refuses in its own words.
const br = (body) => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
const encoders = { gzip: gzipSync, 'x-gzip': gzipSync, deflate: deflateSync, br }
const encoded = (encoding, body) => encoding.split(', ').reduce((inner, name) => encoders[name](inner), bytes(body))
const sent = (encoding, body, { plain = body, ...more } = {}) => kasko(body, { signed: plain, more: [JSON_TYPE, ['Content-Encoding', encoding]], ...more })
for (const encoding of ['gzip', 'deflate', 'br']) {
  add(`encoding/${encoding}`, sent(encoding, encoded(encoding, POLICY), { plain: POLICY }), handled(POLICY_EVENT))
}
const DECODES = 'adapter_decodes'
const decodes = (fields) => ({ ...fields, needs: DECODES })
add('encoding/x-gzip', decodes(sent('x-gzip', gzipSync(POLICY), { plain: POLICY })), handled(POLICY_EVENT))
add('encoding/in-upper-case', decodes(sent('GZIP', gzipSync(POLICY), { plain: POLICY })), handled(POLICY_EVENT))
add('encoding/deflate-without-its-frame', decodes(sent('deflate', deflateRawSync(POLICY), { plain: POLICY })), handled(POLICY_EVENT))
for (const layers of ['gzip, br', 'br, gzip', 'gzip, gzip', 'deflate, br, gzip']) {
  add(`encoding/layers-${layers.replaceAll(', ', '-')}`, decodes(sent(layers, encoded(layers, POLICY), { plain: POLICY })), handled(POLICY_EVENT))
}
const half = POLICY.length >> 1
const members = Buffer.concat([gzipSync(POLICY.slice(0, half)), gzipSync(POLICY.slice(half))])
add('encoding/gzip-of-two-members', decodes(sent('gzip', members, { plain: POLICY })), handled(POLICY_EVENT))
add('encoding/identity', sent('identity', POLICY), handled(POLICY_EVENT))
add('encoding/named-though-plain', decodes({ ...sent('gzip', POLICY), why: 'A server has decoded it and left the header.' }), handled(POLICY_EVENT))
add('encoding/not-named', { ...kasko(gzipSync(POLICY), { signed: POLICY }), why: 'The header is what tells.' }, refused(401, 'signature_mismatch'))
add('encoding/not-known', decodes(sent('zstd', gzipSync(POLICY), { plain: POLICY })), refused(401, 'signature_mismatch'))
add('encoding/signed-encoded', decodes({ ...sent('gzip', gzipSync(POLICY)), why: 'A sender signs before it compresses.' }), refused(401, 'signature_mismatch'))
add('encoding/forged', sent('gzip', gzipSync(POLICY.replace('12345', '54321')), { plain: POLICY }), refused(401, 'signature_mismatch'))
add('encoding/gzip-cut', decodes(sent('gzip', gzipSync(POLICY).subarray(0, -9), { plain: POLICY })), refused(400, 'incomplete_body'))
add('encoding/gzip-garbled', decodes(sent('gzip', Buffer.concat([gzipSync(POLICY).subarray(0, 30), Buffer.alloc(40, 0xff)]), { plain: POLICY })), refused(400, 'incomplete_body'))
add('encoding/br-cut', decodes(sent('br', br(POLICY).subarray(0, -5), { plain: POLICY })), refused(400, 'incomplete_body'))
add('encoding/form', { ...github(FORM), headers: [...github(FORM, { more: [FORM_TYPE] }).headers, ['Content-Encoding', 'gzip']], body: gzipSync(FORM) }, handled({ type: 'push', data: FORM_DATA, body: FORM }))
add('encoding/at-the-limit', decodes(sent('gzip', gzipSync(bytes(sized(MIB))), { plain: sized(MIB) })), handled({ type: 'policy.created' }))
add('encoding/over-the-limit', decodes(sent('gzip', gzipSync(bytes(sized(MIB + 1))), { plain: sized(MIB + 1) })), refused(413, 'body_too_large'))
for (const [label, encoding, size] of [['gzip', 'gzip', 8 * MIB], ['br', 'br', 64 * MIB], ['layers', 'gzip, gzip', 64 * MIB]]) {
  const bomb = encoded(encoding, Buffer.alloc(size, ' '))
  add(`encoding/bomb-${label}`, decodes({ ...sent(encoding, bomb, { plain: '{}' }), why: `${bomb.length} bytes that become ${size}.` }), refused(413, 'body_too_large'))
}

const names = new Set(cases.map(({ name }) => name))
if (names.size !== cases.length) throw new Error('two cases have one name')
const description = 'Requests as they reach an adapter, and what must come of them: README.md says how to run them.'
writeFileSync(process.argv[2] ?? join(import.meta.dirname, 'cases.json'), `${write({ description, cases })}\n`)
console.log(`${cases.length} cases`)
