import { NONE, NOW, hmac, raw, sha256, suite } from './kit.mjs'
import { change, event } from './providers.mjs'

const { accept, refuse, ...group } = suite(
  'schemes',
  'Schemes that the user brings: the model’s width, each part of it shown by a sender or a case of its own.',
)
export default group

const SECRET = 'pdl_ntfset_01gkdqyfwwd_verbatim'
const BODY = '{"id":"evt_1","type":"policy.created","data":{"n":1}}'
const SAYS = { type: 'policy.created', id: 'evt_1', data: { n: 1 } }
const stamp = { unit: 'seconds', tolerance: 300 }
const fields = { type: { pointer: '/type' }, id: { pointer: '/id' }, data: { pointer: '/data' } }
const digest = (encoding, ...content) => hmac('sha256', SECRET, ...content).toString(encoding)
const delivery = (scheme, headers, body, more) => ({ scheme, secrets: [SECRET], headers, body, now: NOW, ...more })
const says = (scheme, body, more) => event(scheme.name, body, more)

// Three senders of insurance and payments.
const ascend = {
  name: 'ascend',
  signature: [{ header: 'X-Ascend-Signature', algorithm: 'hmac-sha256', encoding: 'hex', layout: 'pairs', separator: ',', signature_key: 'v1', timestamp_key: 't', content: '{timestamp}:{body}' }],
  timestamp: stamp,
  event: { type: [{ pointer: '/type' }, { pointer: '/event_name' }], id: [{ pointer: '/id' }, { pointer: '/event_id' }], data: [{ pointer: '/data' }, { pointer: '/payload' }] },
}
const ascendSent = (body, { t = NOW, colon = ':' } = {}) => delivery(ascend, [['X-Ascend-Signature', `t=${t},v1=${digest('hex', `${t}${colon}`, body)}`], ['X-Ascend-Request-Timestamp', String(t)]], body)
const OLDER = '{"event_id":"old_1","event_name":"invoice.paid","payload":{"n":2}}'
accept('ascend/current', ascendSent(BODY), says(ascend, BODY, SAYS))
accept('ascend/older-field-names', { ...ascendSent(OLDER), why: 'The second pointer counts where the first finds nothing.' }, says(ascend, OLDER, { type: 'invoice.paid', id: 'old_1', data: { n: 2 } }))
const BOTH = '{"type":"new","event_name":"old","id":"new_1","event_id":"old_1","data":1,"payload":2}'
accept('ascend/both-names-first-wins', ascendSent(BOTH), says(ascend, BOTH, { type: 'new', id: 'new_1', data: 1 }))
refuse('ascend/first-name-not-a-string', { ...ascendSent('{"type":7,"event_name":"old"}'), why: 'The first that is there counts, and it is no string.' }, 'invalid_payload')
refuse('ascend/neither-name', ascendSent('{"id":"evt_1"}'), 'invalid_payload')
refuse('ascend/signed-with-a-dot', { ...ascendSent(BODY, { colon: '.' }), why: 'Ascend’s separator is a colon.' }, 'signature_mismatch')
accept('ascend/as-old-as-tolerated', ascendSent(BODY, { t: NOW - 300 }), says(ascend, BODY, SAYS))
refuse('ascend/too-old', ascendSent(BODY, { t: NOW - 301 }), 'timestamp_out_of_tolerance')

const claimscan = {
  name: 'claimscan',
  title: 'Claimscan',
  source: 'https://claimscan.io/en/docs/webhooks',
  signature: [{ header: 'X-Claimscan-Signature', algorithm: 'hmac-sha256', encoding: 'hex', layout: 'pairs', separator: ',', signature_key: 'v1', timestamp_key: 't', content: '{timestamp}.{body}', note: 'The raw body, not serialised anew.' }],
  timestamp: { ...stamp, note: 'Unix seconds.' },
  event: { ...fields, created_at: { pointer: '/created' } },
}
const SCAN = '{"id":"evt_1","type":"scan.completed","created":"2025-10-09T08:53:20Z","data":{"n":1}}'
const scanSent = (body, t = NOW) => delivery(claimscan, [['X-Claimscan-Signature', `t=${t},v1=${digest('hex', `${t}.`, body)}`]], body)
accept('claimscan/genuine', scanSent(SCAN), says(claimscan, SCAN, { ...SAYS, type: 'scan.completed', created_at: '2025-10-09T08:53:20Z' }))
refuse('claimscan/forged', change(scanSent(SCAN), 'X-Claimscan-Signature', (value) => value.replace(/v1=.{8}/, 'v1=00000000')), 'signature_mismatch')
refuse('claimscan/too-far-ahead', scanSent(SCAN, NOW + 301), 'timestamp_out_of_tolerance')
refuse('claimscan/absent', { ...scanSent(SCAN), headers: [] }, 'missing_header')

const paddle = {
  name: 'paddle',
  signature: [{ header: 'Paddle-Signature', algorithm: 'hmac-sha256', encoding: 'hex', layout: 'pairs', separator: ';', signature_key: 'h1', timestamp_key: 'ts', content: '{timestamp}:{body}' }],
  timestamp: { unit: 'seconds', tolerance: 5 },
  event: { type: { pointer: '/event_type' }, id: { pointer: '/event_id' }, created_at: { pointer: '/occurred_at' }, data: { pointer: '/data' } },
}
const PAID = '{"event_id":"evt_01","event_type":"transaction.paid","occurred_at":"2025-10-09T08:53:20.123456Z","data":{"id":"txn_1"}}'
const paddleSays = says(paddle, PAID, { type: 'transaction.paid', id: 'evt_01', created_at: '2025-10-09T08:53:20.123456Z', data: { id: 'txn_1' } })
const h1 = (t, secret = SECRET) => hmac('sha256', secret, `${t}:`, PAID).toString('hex')
const paddleSent = (value) => delivery(paddle, [['Paddle-Signature', value]], PAID)
accept('paddle/genuine', paddleSent(`ts=${NOW};h1=${h1(NOW)}`), paddleSays)
accept('paddle/beside-its-name', { ...paddleSent(`ts=${NOW};h1=${h1(NOW)}`), provider: 'paddle' }, paddleSays)
accept('paddle/two-signatures', paddleSent(`ts=${NOW};h1=${h1(NOW, 'old')};h1=${h1(NOW)}`), paddleSays)
accept('paddle/spaces-around-entries', paddleSent(`ts=${NOW}; h1=${h1(NOW)}`), paddleSays)
accept('paddle/five-seconds-old', paddleSent(`ts=${NOW - 5};h1=${h1(NOW - 5)}`), paddleSays)
refuse('paddle/six-seconds-old', { ...paddleSent(`ts=${NOW - 6};h1=${h1(NOW - 6)}`), why: 'The tolerance is the scheme’s.' }, 'timestamp_out_of_tolerance')
accept('paddle/six-seconds-old-tolerated-by-the-user', { ...paddleSent(`ts=${NOW - 6};h1=${h1(NOW - 6)}`), tolerance: 6 }, paddleSays)
refuse('paddle/commas', paddleSent(`ts=${NOW},h1=${h1(NOW)}`), 'malformed_header')

// A timestamp of its own header.
const slack = {
  name: 'slack',
  signature: [{ header: 'X-Slack-Signature', algorithm: 'hmac-sha256', encoding: 'hex', layout: 'single', prefix: 'v0=', content: 'v0:{timestamp}:{body}' }],
  timestamp: { header: 'X-Slack-Request-Timestamp', ...stamp },
  event: { type: { pointer: '/event/type' }, id: { pointer: '/event_id' }, data: { pointer: '/event' } },
}
const MESSAGE = '{"type":"event_callback","event_id":"Ev1","event":{"type":"message","text":"hi"}}'
const slackSent = (scheme, body, t = NOW) =>
  delivery(scheme, [['X-Slack-Signature', `v0=${digest('hex', `v0:${t}:`, body)}`], ['X-Slack-Request-Timestamp', String(t)]], body)
accept('slack/nested-type', slackSent(slack, MESSAGE), says(slack, MESSAGE, { type: 'message', id: 'Ev1', data: { type: 'message', text: 'hi' } }))
refuse('slack/too-old', slackSent(slack, MESSAGE, NOW - 301), 'timestamp_out_of_tolerance')
refuse('slack/timestamp-absent', { ...slackSent(slack, MESSAGE), headers: slackSent(slack, MESSAGE).headers.slice(0, 1) }, 'missing_header')
refuse('slack/timestamp-changed', change(slackSent(slack, MESSAGE), 'X-Slack-Request-Timestamp', () => String(NOW + 1)), 'signature_mismatch')
refuse('slack/another-version', change(slackSent(slack, MESSAGE), 'X-Slack-Signature', (value) => value.replace('v0', 'v1')), 'malformed_header')
const COMMAND = 'token=x&command=%2Fweather&text=94070'
const command = { ...slack, name: 'slack-command', payload: { format: 'bytes' }, event: { type_required: false } }
accept('slack/form-body', { ...slackSent(command, COMMAND), why: 'A payload that is not JSON: any bytes, no data.' }, says(command, COMMAND, { type: '', data: NONE }))
refuse('slack/form-body-as-json', slackSent(slack, COMMAND), 'invalid_payload')

const zoom = {
  name: 'zoom',
  signature: [{ header: 'x-zm-signature', algorithm: 'hmac-sha256', encoding: 'hex', prefix: 'v0=', content: 'v0:{timestamp}:{body}' }],
  timestamp: { header: ['x-zm-request-timestamp'], unit: 'seconds' },
  event: { type: { pointer: '/event' }, data: { pointer: '/payload' } },
}
const MEETING = '{"event":"meeting.started","payload":{"object":{"id":1}}}'
const zoomSent = (t) => delivery(zoom, [['x-zm-signature', `v0=${digest('hex', `v0:${t}:`, MEETING)}`], ['x-zm-request-timestamp', String(t)]], MEETING)
const zoomSays = says(zoom, MEETING, { type: 'meeting.started', data: { object: { id: 1 } } })
accept('zoom/genuine', zoomSent(NOW), zoomSays)
accept('zoom/default-tolerance', { ...zoomSent(NOW - 300), why: 'A scheme that does not say tolerates 300 seconds.' }, zoomSays)
refuse('zoom/default-tolerance-exceeded', zoomSent(NOW - 301), 'timestamp_out_of_tolerance')

const millis = { ...zoom, name: 'millis', timestamp: { header: 'x-zm-request-timestamp', unit: 'milliseconds', tolerance: 300 } }
const millisSent = (t) => ({ ...zoomSent(t), scheme: millis })
for (const [label, t, error] of [
  ['now', `${NOW}000`], ['oldest', `${NOW - 300}000`], ['furthest', `${NOW + 300}000`], ['within-a-second', `${NOW}999`],
  ['a-millisecond-too-old', `${NOW - 301}999`, 'timestamp_out_of_tolerance'], ['a-millisecond-too-far', `${NOW + 300}001`, 'timestamp_out_of_tolerance'],
  ['in-seconds', String(NOW), 'timestamp_out_of_tolerance'], ['fraction', `${NOW}000.5`, 'malformed_header'],
]) {
  if (error === undefined) accept(`milliseconds/${label}`, millisSent(t), { ...zoomSays, provider: 'millis', dedupe_key: `millis:meeting.started:${sha256(MEETING)}` })
  else refuse(`milliseconds/${label}`, millisSent(t), error)
}

const zendesk = {
  name: 'zendesk',
  signature: [{ header: 'X-Zendesk-Webhook-Signature', algorithm: 'hmac-sha256', encoding: 'base64', content: '{timestamp}{body}' }],
  timestamp: { header: 'X-Zendesk-Webhook-Signature-Timestamp', unit: 'rfc3339', tolerance: 300 },
  event: { type: { pointer: '/type' }, id: { header: 'X-Zendesk-Webhook-Invocation-Id' } },
}
const TICKET = '{"type":"zen:event-type:ticket.created","detail":{}}'
const zendeskSent = (t) => delivery(zendesk, [['X-Zendesk-Webhook-Signature', digest('base64', t, TICKET)], ['X-Zendesk-Webhook-Signature-Timestamp', t], ['X-Zendesk-Webhook-Invocation-Id', 'inv_1']], TICKET)
const zendeskSays = says(zendesk, TICKET, { type: 'zen:event-type:ticket.created', id: 'inv_1', data: NONE, unsigned: ['id'] })
accept('rfc3339/now', zendeskSent('2025-10-09T08:53:20Z'), zendeskSays)
accept('rfc3339/oldest', zendeskSent('2025-10-09T08:48:20Z'), zendeskSays)
refuse('rfc3339/too-old', zendeskSent('2025-10-09T08:48:19Z'), 'timestamp_out_of_tolerance')
refuse('rfc3339/too-far-ahead', zendeskSent('2025-10-09T08:58:21Z'), 'timestamp_out_of_tolerance')
for (const [label, t] of Object.entries({ seconds: String(NOW), date: '2025-10-09', 'no-zone': '2025-10-09T08:53:20', 'month-13': '2025-13-09T08:53:20Z', words: 'just now', 'trailing-space': '2025-10-09T08:53:20 ' })) {
  refuse(`rfc3339/${label}`, zendeskSent(t), 'malformed_header')
}

// Encodings. The body is chosen so that its digest shows how the alphabets differ.
const plain = (name, part, event = fields) => ({ name, signature: [{ header: 'X-Sig', algorithm: 'hmac-sha256', encoding: 'hex', content: '{body}', ...part }], event })
const sent = (scheme, value, body = BODY, more) => delivery(scheme, [['X-Sig', value]], body, { now: undefined, ...more })
let telling
for (let n = 1; !/\+/.test(telling?.digest ?? '') || !/\//.test(telling.digest); n += 1) {
  const body = `{"id":"evt_1","type":"policy.created","data":{"n":${n}}}`
  telling = { n, body, digest: digest('base64', body) }
}
const standardForm = telling.digest
const urlForm = standardForm.replaceAll('+', '-').replaceAll('/', '_')
const nopad = urlForm.replace('=', '')
const tellingSays = (scheme) => says(scheme, telling.body, { ...SAYS, data: { n: telling.n } })
const FORMS = { base64: standardForm, base64url: urlForm, 'base64url-nopad': nopad }
for (const [encoding, good] of Object.entries(FORMS)) {
  const scheme = plain(`sender-${encoding}`, { encoding })
  accept(`${encoding}/genuine`, sent(scheme, good, telling.body), tellingSays(scheme))
  for (const [other, value] of Object.entries(FORMS)) {
    if (other !== encoding) refuse(`${encoding}/given-${other}`, sent(scheme, value, telling.body), 'malformed_header')
  }
  refuse(`${encoding}/given-hex`, sent(scheme, Buffer.from(standardForm, 'base64').toString('hex'), telling.body), 'malformed_header')
  refuse(`${encoding}/forged`, sent(scheme, good.replace(/^.{4}/, 'AAAA'), telling.body), 'signature_mismatch')
  refuse(`${encoding}/short`, sent(scheme, good.slice(4), telling.body), 'malformed_header')
  refuse(`${encoding}/newline-inside`, sent(scheme, `${good.slice(0, 8)}\n${good.slice(8)}`, telling.body), 'malformed_header')
}
const unpadded = standardForm.replace('=', '')
refuse('base64/unpadded', sent(plain('sender', { encoding: 'base64' }), unpadded, telling.body), 'malformed_header')
const shopify = {
  name: 'shopify',
  signature: [{ header: 'X-Shopify-Hmac-Sha256', algorithm: 'hmac-sha256', encoding: 'base64', content: '{body}' }],
  event: { type: { header: 'X-Shopify-Topic' }, id: { header: 'X-Shopify-Webhook-Id' }, data: { pointer: '' } },
}
const ORDER = '{"id":820982911946154508,"type":"not read"}'
const orderHeaders = [['X-Shopify-Topic', 'orders/create'], ['X-Shopify-Webhook-Id', 'wh_1'], ['X-Shopify-Hmac-Sha256', digest('base64', ORDER)]]
accept('shopify/genuine', delivery(shopify, orderHeaders, ORDER, { now: undefined, why: 'Type and id come from headers that nobody signed.' }), event('shopify', ORDER, { type: 'orders/create', id: 'wh_1', unsigned: ['type', 'id'] }))
refuse('shopify/topic-absent', delivery(shopify, orderHeaders.slice(1), ORDER), 'missing_header')

// Algorithms and keys.
for (const algorithm of ['sha1', 'sha256', 'sha512']) {
  const scheme = plain(`sender-${algorithm}`, { algorithm: `hmac-${algorithm}`, prefix: 'sig=' })
  accept(`algorithm/${algorithm}`, sent(scheme, `sig=${hmac(algorithm, SECRET, BODY).toString('hex')}`), says(scheme, BODY, SAYS))
  const other = algorithm === 'sha512' ? 'sha256' : 'sha512'
  refuse(`algorithm/${algorithm}-given-${other}`, sent(scheme, `sig=${hmac(other, SECRET, BODY).toString('hex')}`), 'malformed_header')
  const base64 = plain(`sender-${algorithm}`, { algorithm: `hmac-${algorithm}`, encoding: 'base64' })
  accept(`algorithm/${algorithm}-base64`, sent(base64, hmac(algorithm, SECRET, BODY).toString('base64')), says(base64, BODY, SAYS))
}
const KEY = Buffer.from('00ff10ee20dd30cc40bb50aa609970887f', 'hex')
const keyed = hmac('sha256', KEY, BODY).toString('hex')
for (const [label, key, secret] of [
  ['hex', { encoding: 'hex' }, KEY.toString('hex')],
  ['hex-upper-case', { encoding: 'hex' }, KEY.toString('hex').toUpperCase()],
  ['hex-with-prefix', { encoding: 'hex', prefix: 'key_' }, `key_${KEY.toString('hex')}`],
  ['hex-prefix-left-out', { encoding: 'hex', prefix: 'key_' }, KEY.toString('hex')],
  ['base64', { encoding: 'base64' }, KEY.toString('base64')],
  ['base64-with-prefix', { encoding: 'base64', prefix: 'whsec_' }, `whsec_${KEY.toString('base64')}`],
  ['base64-prefix-left-out', { encoding: 'base64', prefix: 'whsec_' }, KEY.toString('base64')],
  ['utf8-bytes', { encoding: 'utf8' }, KEY],
]) {
  const scheme = { ...plain('sender', {}), key }
  accept(`key/${label}`, { ...sent(scheme, keyed), secrets: [secret] }, says(scheme, BODY, SAYS))
}
refuse('key/hex-is-not-text', { ...sent({ ...plain('sender', {}), key: { encoding: 'hex' } }, hmac('sha256', KEY.toString('hex'), BODY).toString('hex')), secrets: [KEY.toString('hex')] }, 'signature_mismatch')
const default_ = { ...plain('sender', {}), key: { encoding: 'utf8' } }
accept('key/utf8', sent(default_, digest('hex', BODY)), says(default_, BODY, SAYS))

// Layouts and forms.
for (const [label, separator, value] of [
  ['spaces', ' ', (good, bad) => `v1=${bad} v1=${good}`],
  ['commas', ',', (good, bad) => `v1=${bad},v1=${good}`],
  ['commas-and-spaces', ',', (good, bad) => `v1=${bad} , v1=${good}, v2=${bad}`],
]) {
  const scheme = plain('sender', { layout: 'list', separator, prefix: 'v1=' })
  accept(`list/${label}`, sent(scheme, value(digest('hex', BODY), 'ab'.repeat(32))), says(scheme, BODY, SAYS))
  refuse(`list/${label}-all-wrong`, sent(scheme, value('cd'.repeat(32), 'ab'.repeat(32))), 'signature_mismatch')
  refuse(`list/${label}-none-well-formed`, sent(scheme, value('cd', 'xy')), 'malformed_header')
}
const bareList = plain('sender', { layout: 'list', separator: ',' })
accept('list/without-prefix', sent(bareList, `${'ab'.repeat(32)}, ${digest('hex', BODY)}`), says(bareList, BODY, SAYS))
const untimed = plain('sender', { layout: 'pairs', separator: ',', signature_key: 'sig' })
accept('pairs/without-time', sent(untimed, `keyId=1, sig=${digest('hex', BODY)}`), says(untimed, BODY, SAYS))
refuse('pairs/without-ours', sent(untimed, `keyId=1,signature=${digest('hex', BODY)}`), 'malformed_header')
const two = {
  name: 'sender',
  signature: [
    { header: 'X-Sig', algorithm: 'hmac-sha512', encoding: 'hex', prefix: 'sha512=', content: '{body}' },
    { header: 'X-Sig', algorithm: 'hmac-sha256', encoding: 'hex', prefix: 'sha256=', content: '{body}' },
  ],
  event: fields,
}
accept('forms/first', sent(two, `sha512=${hmac('sha512', SECRET, BODY).toString('hex')}`), says(two, BODY, SAYS))
accept('forms/second', sent(two, `sha256=${digest('hex', BODY)}`), says(two, BODY, SAYS))
refuse('forms/neither', sent(two, `sha1=${hmac('sha1', SECRET, BODY).toString('hex')}`), 'malformed_header')
refuse('forms/digest-of-the-other', sent(two, `sha512=${digest('hex', BODY)}`), 'malformed_header')
refuse('forms/forged-second', sent(two, `sha256=${'0'.repeat(64)}`), 'signature_mismatch')

// What is signed.
const identified = {
  name: 'sender',
  signature: [{ header: 'X-Sig', algorithm: 'hmac-sha256', encoding: 'hex', content: 'id={id}|at={timestamp}|{body}|end' }],
  id: { header: ['X-Id', 'X-Old-Id'] },
  timestamp: { header: 'X-At', ...stamp },
  event: { type: { pointer: '/type' }, id: { header: ['X-Id', 'X-Old-Id'] }, data: { pointer: '/data' } },
}
const identifiedSent = (name, id) => delivery(identified, [['X-Sig', digest('hex', `id=${id}|at=${NOW}|`, BODY, '|end')], ['X-At', String(NOW)], [name, id]], BODY)
accept('content/literals-around', { ...identifiedSent('X-Id', 'd_1'), why: 'The id stands in a header and is signed.' }, says(identified, BODY, { ...SAYS, id: 'd_1' }))
accept('content/id-under-its-other-name', identifiedSent('x-old-id', 'd_1'), says(identified, BODY, { ...SAYS, id: 'd_1' }))
refuse('content/id-changed', change(identifiedSent('X-Id', 'd_1'), 'X-Id', () => 'd_2'), 'signature_mismatch')
refuse('content/id-absent', { ...identifiedSent('X-Id', 'd_1'), headers: identifiedSent('X-Id', 'd_1').headers.slice(0, 2) }, 'missing_header')
const braces = plain('sender', { content: '{timestamp}.{body}' })
const looped = { ...braces, timestamp: { header: 'X-At', ...stamp } }
const PLACEHOLDERS = '{"id":"{timestamp}","type":"{body}","data":{"n":1}}'
accept('content/placeholders-in-the-body-are-text', delivery(looped, [['X-Sig', digest('hex', `${NOW}.`, PLACEHOLDERS)], ['X-At', String(NOW)]], PLACEHOLDERS), says(looped, PLACEHOLDERS, { type: '{body}', id: '{timestamp}', data: { n: 1 } }))

// Where the event stands.
const at = (label, eventFields, body, saysFields, { headers = [], why, error } = {}) => {
  const scheme = plain('sender', {}, eventFields)
  const given = { ...sent(scheme, digest('hex', body), body), why }
  given.headers = [...given.headers, ...headers]
  if (error === undefined) accept(`event/${label}`, given, event('sender', body, saysFields))
  else refuse(`event/${label}`, given, error)
}
const headerFirst = { type: [{ header: 'X-Type' }, { pointer: '/type' }] }
at('type-header-before-pointer', headerFirst, BODY, { type: 'from.header', unsigned: ['type'] }, { headers: [['X-Type', 'from.header']] })
at('type-pointer-behind-an-absent-header', headerFirst, BODY, { type: 'policy.created', unsigned: null })
at('type-last-of-three-pointers', { type: [{ pointer: '/kind' }, { pointer: '/meta/type' }, { pointer: '/type' }] }, BODY, { type: 'policy.created' })
at('type-pointer-before-header', { type: [{ pointer: '/type' }, { header: 'X-Type' }] }, BODY, { type: 'policy.created', unsigned: null }, { headers: [['X-Type', 'from.header']] })
at('type-not-required', { type: { pointer: '/kind' }, type_required: false }, BODY, { type: '' })
at('type-required', { type: { pointer: '/kind' }, type_required: true }, BODY, {}, { error: 'invalid_payload' })
at('type-through-an-array', { type: { pointer: '/events/0/type' } }, '{"events":[{"type":"a"},{"type":"b"}]}', { type: 'a' })
at('type-through-a-later-element', { type: { pointer: '/events/10/type' } }, `{"events":[${'{"type":"x"},'.repeat(10)}{"type":"eleventh"}]}`, { type: 'eleventh' })
at('type-through-a-missing-element', { type: { pointer: '/events/2/type' } }, '{"events":[{"type":"a"},{"type":"b"}]}', {}, { error: 'invalid_payload' })
at('type-index-with-leading-zero', { type: { pointer: '/events/00/type' } }, '{"events":[{"type":"a"}]}', {}, { error: 'invalid_payload', why: 'RFC 6901: an index has no leading zero.' })
at('type-index-behind-the-last', { type: { pointer: '/events/-/type' } }, '{"events":[{"type":"a"}]}', {}, { error: 'invalid_payload' })
at('type-digits-are-a-key-of-an-object', { type: { pointer: '/events/00/type' } }, '{"events":{"0":{"type":"b"},"00":{"type":"a"}}}', { type: 'a' })
at('type-through-a-string', { type: { pointer: '/type/0' } }, BODY, {}, { error: 'invalid_payload' })
at('pointer-slash', { type: { pointer: '/a~1b' } }, '{"a/b":"t","a":{"b":"no"}}', { type: 't' })
at('pointer-tilde', { type: { pointer: '/m~0n' } }, '{"m~n":"t"}', { type: 't' })
at('pointer-tilde-then-one', { type: { pointer: '/~01' } }, '{"~1":"t","/":"no"}', { type: 't', }, { why: '~01 is ~1, not /.' })
at('pointer-empty-key', { type: { pointer: '/' } }, '{"":"t"}', { type: 't' })
at('pointer-two-empty-keys', { type: { pointer: '//' } }, '{"":{"":"t"}}', { type: 't' })
at('pointer-not-ascii', { type: { pointer: '/événement/🙂' } }, '{"\\u00e9v\\u00e9nement":{"\\ud83d\\ude42":"t"}}', { type: 't' })
at('pointer-space-and-percent', { type: { pointer: '/a b/%7e' } }, '{"a b":{"%7e":"t"}}', { type: 't' })
at('pointer-proto', { type: { pointer: '/__proto__/type' } }, '{"__proto__":{"type":"t"}}', { type: 't' })
at('pointer-deep', { type: { pointer: '/a'.repeat(20) } }, `${'{"a":'.repeat(20)}"t"${'}'.repeat(20)}`, { type: 't' })
at('pointer-duplicates', { type: { pointer: '/a/b' } }, '{"a":{"b":"1","b":"2"},"a":{"b":"3","b":"4"}}', { type: '4' })
at('pointer-to-what-a-duplicate-removed', { type: { pointer: '/a/b' } }, '{"a":{"b":"1"},"a":{}}', {}, { error: 'invalid_payload' })
const SHARED = { type: { pointer: '/a/b' }, id: { pointer: '/a/c' }, created_at: { pointer: '/a/d' }, data: { pointer: '/a' } }
const SHARING = { b: 't', c: 'i', d: '2025-10-09T08:53:20Z' }
at('pointers-share-a-way', SHARED, JSON.stringify({ a: SHARING }), { type: 't', id: 'i', created_at: SHARING.d, data: SHARING })
at('one-pointer-twice', { type: { pointer: '/id' }, id: { pointer: '/id' }, data: { pointer: '/id' } }, '{"id":"x"}', { type: 'x', id: 'x', data: 'x' })
at('id-second-pointer', { type: { pointer: '/type' }, id: [{ pointer: '/event_id' }, { pointer: '/id' }] }, BODY, { type: 'policy.created', id: 'evt_1' })
at('id-header-unsigned', { type: { pointer: '/type' }, id: { header: 'X-Id' } }, BODY, { type: 'policy.created', id: 'h_1', unsigned: ['id'] }, { headers: [['X-Id', 'h_1']] })
at('no-id', { type: { pointer: '/type' } }, BODY, { type: 'policy.created', data: NONE })
at('data-whole-body', { type: { pointer: '/type' }, data: { pointer: '' } }, BODY, { type: 'policy.created', data: JSON.parse(BODY) })
at('data-default-object', { type: { pointer: '/type' }, data: { pointer: '/nothing' }, data_default: {} }, BODY, { type: 'policy.created', data: {} })
at('data-default-list', { type: { pointer: '/type' }, data: { pointer: '/nothing' }, data_default: [1, { a: 'b' }] }, BODY, { type: 'policy.created', data: [1, { a: 'b' }] })
at('data-default-not-for-null', { type: { pointer: '/type' }, data: { pointer: '/data' }, data_default: {} }, '{"type":"t","data":null}', { type: 't', data: null })
at('data-absent', { type: { pointer: '/type' }, data: { pointer: '/nothing' } }, BODY, { type: 'policy.created', data: NONE })
at('test-by-boolean', { type: { pointer: '/type' }, test: { pointer: '/sandbox', equals: true } }, '{"type":"t","sandbox":true}', { type: 't', test: true })
at('test-by-boolean-not-by-text', { type: { pointer: '/type' }, test: { pointer: '/sandbox', equals: true } }, '{"type":"t","sandbox":"true"}', { type: 't' })
at('test-by-type', { type: { pointer: '/type' }, test: { type: 'ping' } }, '{"type":"ping"}', { type: 'ping', test: true })
at('test-by-type-otherwise', { type: { pointer: '/type' }, test: { type: 'ping' } }, '{"type":"pong"}', { type: 'pong' })

// Times in other units.
const inUnit = (label, unit, value, created_at, why) => {
  at(`created-at/${unit}-${label}`, { type: { pointer: '/type' }, created_at: { pointer: '/at', unit } }, `{"type":"t","at":${value}}`, { type: 't', created_at }, { why })
}
inUnit('now', 'seconds', '1760000000', '2025-10-09T08:53:20Z')
inUnit('as-text', 'seconds', '"1760000000"', '2025-10-09T08:53:20Z')
inUnit('zero', 'seconds', '0', '1970-01-01T00:00:00Z')
inUnit('before-the-epoch', 'seconds', '-1', '1969-12-31T23:59:59Z')
inUnit('last', 'seconds', '253402300799', '9999-12-31T23:59:59Z')
inUnit('beyond-the-last', 'seconds', '253402300800', null, 'Not every language’s times reach beyond the year 9999.')
inUnit('far-beyond', 'seconds', '99999999999999999999', null)
inUnit('beyond-any-number', 'seconds', '9'.repeat(400), null)
inUnit('far-before', 'seconds', '-62167219201', null)
for (const [label, value] of Object.entries({ fraction: '1760000000.5', exponent: '1.76e9', rfc3339: '"2025-10-09T08:53:20Z"', words: '"now"', empty: '""', 'leading-zero': '"01760000000"', plus: '"+1760000000"', space: '" 1760000000"', null: 'null', boolean: 'true', object: '{}' })) {
  inUnit(`none-${label}`, 'seconds', value, null)
}
inUnit('now', 'milliseconds', '1760000000123', '2025-10-09T08:53:20.123Z')
inUnit('before-the-epoch', 'milliseconds', '-1', '1969-12-31T23:59:59.999Z')
inUnit('beyond-the-last', 'milliseconds', '253402300800000', null)
inUnit('now', 'rfc3339', '"2025-10-09T08:53:20Z"', '2025-10-09T08:53:20Z')
inUnit('none-number', 'rfc3339', '1760000000', null)
at('created-at/beyond-the-year-9999-by-its-offset', { type: { pointer: '/type' }, created_at: { pointer: '/at' } }, '{"type":"t","at":"9999-12-31T23:59:59-23:59"}', { type: 't', created_at: null }, { why: 'A valid date, of which not every language has the moment.' })
at('created-at/first-of-several', { type: { pointer: '/type' }, created_at: [{ pointer: '/created', unit: 'seconds' }, { pointer: '/at' }] }, '{"type":"t","at":"2025-10-09T08:53:20Z"}', { type: 't', created_at: '2025-10-09T08:53:20Z' })

// Payloads that are not JSON, and one in the ECMAScript form.
const bytesScheme = { ...plain('sender-bytes', {}, { type: { header: 'X-Type' }, type_required: false }), payload: { format: 'bytes' } }
for (const [label, body] of Object.entries({
  form: 'a=1&b=2', xml: '<a>é</a>', empty: '', 'broken-json': '{"type":', json: '{"type":"not.read"}', nul: '\0\0', 'not-utf8': Buffer.from('ff00fe80', 'hex'), 'byte-order-mark': '\ufeff{}', deep: '['.repeat(1000),
})) {
  accept(`bytes/${label}`, sent(bytesScheme, digest('hex', body), body), says(bytesScheme, body, { type: '', data: NONE, unsigned: ['type'] }))
}
const typedBytes = { ...sent(bytesScheme, digest('hex', 'a=1'), 'a=1') }
accept('bytes/type-of-a-header', { ...typedBytes, headers: [...typedBytes.headers, ['X-Type', 'form.sent']] }, says(bytesScheme, 'a=1', { type: 'form.sent', data: NONE, unsigned: ['type'] }))
refuse('bytes/forged', { ...typedBytes, body: 'a=2' }, 'signature_mismatch')
const ecmascript = { ...plain('sender-ecmascript', {}), payload: { format: 'json', signed_as: 'ecmascript' } }
const LOOSE = '{"type":"policy.created", "id":"evt_1", "data":{"n":1.0}}'
const form = JSON.stringify(JSON.parse(LOOSE))
accept('ecmascript/other-form', sent(ecmascript, digest('hex', form), LOOSE), says(ecmascript, form, SAYS), form)
accept('ecmascript/raw', sent(ecmascript, digest('hex', LOOSE), LOOSE), says(ecmascript, LOOSE, { ...SAYS, data: raw('{"n":1.0}') }), form)
refuse('ecmascript/only-where-the-scheme-says-so', sent(plain('sender', {}), digest('hex', form), LOOSE), 'signature_mismatch')

// A user's scheme in the place of one that is built in.
const override = { ...plain('coverkit', { header: 'coverkit-signature', algorithm: 'hmac-sha512', prefix: 'v2=' }) }
const overridden = hmac('sha512', SECRET, BODY).toString('hex')
accept('override/of-a-built-in-name', { ...delivery(override, [['coverkit-signature', `v2=${overridden}`]], BODY, { now: undefined }), why: 'Should CoverKit turn out to sign otherwise than assumed.' }, says(override, BODY, SAYS))
refuse('override/built-in-form-is-gone', delivery(override, [['coverkit-signature', digest('hex', BODY)]], BODY, { now: undefined }), 'malformed_header')
accept('override/beside-its-name', { ...delivery(override, [['coverkit-signature', `v2=${overridden}`]], BODY, { now: undefined }), provider: 'coverkit' }, says(override, BODY, SAYS))
