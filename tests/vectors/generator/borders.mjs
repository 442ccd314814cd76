import { NONE, NOW, hex, hmac, suite } from './kit.mjs'
import { change, event } from './providers.mjs'

const { accept, refuse, ...group } = suite(
  'borders',
  'Borders between signed values: what could be moved is refused, as a scheme or as a delivery; what is certain anyway is not restricted.',
)
export default group

const SECRET = 'whsec_9c2d41f07be6538a1d9e04c7'
const OBJECT = '{"id":"evt_1","type":"t"}'

/** A scheme with a form for each content, told apart by a prefix. */
function scheme(contents, format, { unit = 'seconds', algorithms = [], accepts } = {}) {
  const form = (content, at) => ({ header: 'X-Sig', algorithm: algorithms[at] ?? 'hmac-sha256', encoding: 'hex', prefix: `v${at}=`, content })
  const all = contents.join('')
  return {
    name: 'sender',
    signature: contents.map(form),
    ...(all.includes('{id}') && { id: { header: 'X-Id' } }),
    ...(all.includes('{timestamp}') && { timestamp: { header: 'X-At', unit } }),
    payload: { format, ...(accepts && { accepts }) },
    event: { type_required: false },
  }
}

/** A delivery whose signature covers these values, and that may then come with others. */
function sent(given, values, { form = 0, moved = values, as = form } = {}) {
  const { content, algorithm } = given.signature[form]
  const signed = content.replace(/\{(\w+)\}/g, (_, name) => values[name === 'timestamp' ? 't' : name])
  const headers = [['X-Sig', `v${as}=${hex(algorithm.slice(5), SECRET, signed)}`]]
  const { content: read } = given.signature[as]
  if (read.includes('{id}')) headers.push(['X-Id', moved.id])
  if (read.includes('{timestamp}')) headers.push(['X-At', moved.t])
  return { scheme: given, secrets: [SECRET], headers, body: moved.body, now: NOW }
}

const says = (given, { id = null, body }) => {
  const isSigned = given.id !== undefined && id !== undefined
  return event('sender', body, { type: '', id: isSigned ? id : null, data: NONE })
}
const T = String(NOW)

// Within a form. Each was once accepted with the values moved.
const MOVES = {
  'id-behind-a-body': ['{body}.{id}', 'bytes', { id: 'evt_1', body: 'amount=100.00 to=bob' }, { id: '00 to=bob.evt_1', body: 'amount=100' }],
  'id-between-body-and-time': ['{body}:{id}.{timestamp}', 'bytes', { id: 'evt_1', t: T, body: 'pay:alice' }, { id: 'alice:evt_1', t: T, body: 'pay' }],
  'literal-that-overlaps-itself': ['{id}::{body}', 'bytes', { id: 'a', body: ':x' }, { id: 'a:', body: 'x' }],
  'id-before-a-body': ['{id}.{body}', 'bytes', { id: 'a', body: 'x.y' }, { id: 'a.x', body: 'y' }],
  'time-and-id-before-a-body': ['{timestamp}.{id}.{body}', 'bytes', { id: 'a', t: T, body: 'x.y' }, { id: 'a.x', t: T, body: 'y' }],
  'id-next-to-a-time': ['{id}{timestamp}{body}', 'json', { id: 'evt_7', t: T, body: OBJECT }, { id: 'evt_', t: `7${T}`, body: OBJECT }],
  'time-next-to-a-body': ['{timestamp}{body}', 'bytes', { t: T, body: '1 more' }, { t: `${T}1`, body: ' more' }],
  'body-next-to-a-time': ['{body}{timestamp}', 'bytes', { t: T, body: 'n=1' }, { t: `1${T}`, body: 'n=' }],
  'space-behind-an-id': ['{id} {body}', 'bytes', { id: 'a', body: 'b c' }, { id: 'a b', body: 'c' }],
}
for (const [label, [content, format, values, moved]] of Object.entries(MOVES)) {
  const given = scheme([content], format)
  accept(`moved/${label}/genuine`, sent(given, values), says(given, values))
  refuse(`moved/${label}`, sent(given, values, { moved }), 'malformed_header')
}
const millis = scheme(['{timestamp}{body}'], 'bytes', { unit: 'milliseconds' })
accept('digits/thirteen', sent(millis, { t: `${T}000`, body: '1' }), says(millis, { body: '1' }))
const exact = scheme(['{timestamp}{body}'], 'bytes')
for (const [label, given, t] of [['nine', exact, '999999999'], ['eleven', exact, '10000000000'], ['one', exact, '0'], ['twelve-of-thirteen', millis, '999999999999'], ['fourteen-of-thirteen', millis, '10000000000000']]) {
  refuse(`digits/${label}`, { ...sent(given, { t, body: '1' }), why: 'The form comes before the time.' }, 'malformed_header')
}
const SCHEMES = {
  'id-next-to-a-time-before-bytes': [['{id}{timestamp}.{body}'], 'bytes'],
  'id-next-to-bytes': [['{id}{body}'], 'bytes'],
  'bytes-next-to-an-id': [['{body}{id}'], 'bytes'],
  'two-ids-next-to-each-other': [['{id}{id}.{body}'], 'bytes'],
  'timed-and-untimed-bytes': [['{body}', '{timestamp}.{body}'], 'bytes'],
  'untimed-and-timed-bytes': [['{timestamp}.{body}', '{body}'], 'bytes'],
  'time-may-become-a-part-of-the-id': [['{id}.{timestamp}.{body}', '{id}.{body}'], 'json'],
  'id-may-become-a-part-of-the-body': [['{timestamp}.{body}', '{timestamp}.{id}.{body}'], 'bytes'],
  'literal-may-be-in-the-body': [['{body}', 'v1:{body}'], 'bytes'],
  'third-form': [['v1:{body}', 'v2:{body}', 'v1:{id}.{body}'], 'bytes'],
}
for (const [label, [contents, format]] of Object.entries(SCHEMES)) {
  refuse(`scheme/${label}`, { scheme: scheme(contents, format), secrets: [SECRET], headers: [], body: '' }, 'invalid_scheme')
}
refuse('scheme/another-algorithm-does-not-help-the-third-form', { scheme: scheme(['{body}', '{body}', '{timestamp}.{body}'], 'bytes', { algorithms: ['hmac-sha1', 'hmac-sha256', 'hmac-sha256'] }), secrets: [SECRET], headers: [], body: '' }, 'invalid_scheme')

// Certain anyway.
for (const [label, content, format, values, why] of [
  ['id-with-dots', '{id}.{timestamp}.{body}', 'json', { id: 'msg.1.2', t: T, body: OBJECT }, 'The body is an object, so where it begins is certain, and before it the time.'],
  ['id-with-a-bracket', '{id}.{timestamp}.{body}', 'json', { id: 'a.{"b":".1.', t: T, body: OBJECT }],
  ['id-next-to-an-object', '{id}{body}', 'json', { id: 'a{"b":', body: OBJECT }, 'An object cannot end another.'],
  ['object-next-to-an-id', '{body}{id}', 'json', { id: '}', body: OBJECT }],
  ['id-with-a-space', '{id}.{timestamp}.{body}', 'json', { id: 'a b', t: T, body: OBJECT }],
  ['id-with-the-last-character', '{id}.-{body}', 'bytes', { id: 'a-b', body: 'x' }, 'The first character of what separates them is enough.'],
  ['bytes-behind-a-dot', '{timestamp}.{body}', 'bytes', { t: T, body: '1.2' }],
]) {
  const given = scheme([content], format)
  accept(`certain/${label}`, { ...sent(given, values), why }, says(given, values))
}
refuse('certain/time-of-any-length', { ...sent(scheme(['{timestamp}{body}'], 'json'), { t: `${T}0`, body: OBJECT }), why: 'No digit begins an object: the time is wrong, not malformed.' }, 'timestamp_out_of_tolerance')
for (const [label, contents, format, more] of [
  ['object-beside-a-timed-one', ['{body}', '{timestamp}.{body}'], 'json'],
  ['versions-in-front', ['v1:{body}', 'v2:{timestamp}:{body}'], 'bytes'],
  ['versions-behind', ['{body}.v1', '{id}.{body}.v2'], 'bytes'],
  ['behind-the-same-value', ['{timestamp}.{body}', '{timestamp}:{id}:{body}'], 'bytes'],
  ['of-other-algorithms', ['{body}', '{timestamp}.{body}'], 'bytes', { algorithms: ['hmac-sha256', 'hmac-sha512'] }],
  ['of-the-same-content', ['{id}.{body}', '{id}.{body}'], 'bytes'],
]) {
  const given = scheme(contents, format, more)
  const values = { id: 'evt_1', t: T, body: format === 'json' ? OBJECT : 'a=1' }
  for (const [form, content] of contents.entries()) {
    const seen = content.includes('{id}') ? values : { ...values, id: null }
    accept(`forms/${label}/${form + 1}`, sent(given, values, { form }), says(given, seen))
  }
  const swapped = sent(given, values, { as: 1 })
  if (label !== 'of-the-same-content') refuse(`forms/${label}/taken-for-the-other`, swapped, label === 'of-other-algorithms' ? 'malformed_header' : 'signature_mismatch')
}

// Other kinds of JSON.
const any = { accepts: ['any'] }
const anyTimed = scheme(['{timestamp}{body}'], 'json', any)
accept('kinds/any-value/genuine', sent(anyTimed, { t: T, body: '12' }), says(anyTimed, { body: '12' }))
refuse('kinds/any-value', { ...sent(anyTimed, { t: T, body: '12' }, { moved: { t: `${T}1`, body: '2' } }), why: 'A number begins as a time ends.' }, 'malformed_header')
const anyIdentified = scheme(['{id}.{timestamp}.{body}'], 'json', any)
accept('kinds/any-value-behind-an-id', sent(anyIdentified, { id: 'a', t: T, body: '1.2' }), says(anyIdentified, { id: 'a', body: '1.2' }))
refuse('kinds/any-value-behind-an-id-with-a-dot', sent(anyIdentified, { id: 'a.1', t: T, body: '2' }), 'malformed_header')
for (const [label, contents] of [['next-to-an-id', ['{id}{body}']], ['timed-and-untimed', ['{body}', '{timestamp}.{body}']]]) {
  refuse(`kinds/any-value-${label}`, { scheme: scheme(contents, 'json', any), secrets: [SECRET], headers: [], body: '' }, 'invalid_scheme')
}
const many = scheme(['{id}.{timestamp}.{body}'], 'json', { accepts: ['object', 'array', 'empty'] })
for (const [label, body] of Object.entries({ array: '[{"a":".1."}]', nothing: '', object: OBJECT })) {
  accept(`kinds/id-with-dots-before-${label}`, sent(many, { id: 'a.1.b', t: T, body }), says(many, { id: 'a.1.b', body }))
}
refuse('kinds/object-or-nothing-next-to-an-id', { scheme: scheme(['{id}{body}'], 'json', { accepts: ['object', 'empty'] }), secrets: [SECRET], headers: [], body: '' }, 'invalid_scheme')

// RFC 3339: one character between the date and the time.
const dated = scheme(['{timestamp}{body}'], 'json', { unit: 'rfc3339' })
for (const [label, between, error] of [['t', 'T'], ['lower-case-t', 't'], ['space', ' ', 'malformed_header'], ['underscore', '_', 'malformed_header'], ['digit', '0', 'malformed_header'], ['brace', '{', 'malformed_header']]) {
  const fields = sent(dated, { t: `2025-10-09${between}08:53:20Z`, body: OBJECT })
  if (error === undefined) accept(`rfc3339/${label}`, fields, says(dated, { body: OBJECT }))
  else refuse(`rfc3339/${label}`, fields, error)
}

// One header in two spellings.
const spelt = {
  name: 'sender',
  signature: [
    { header: 'X-Sig', algorithm: 'hmac-sha256', encoding: 'hex', prefix: 'sha256=', content: '{body}' },
    { header: 'x-sig', algorithm: 'hmac-sha1', encoding: 'hex', prefix: 'sha1=', content: '{body}' },
  ],
  event: { type: { pointer: '/type' } },
}
const spelling = (algorithm, name = 'X-Sig') => ({ scheme: spelt, secrets: [SECRET], headers: [[name, `${algorithm}=${hmac(algorithm, SECRET, OBJECT).toString('hex')}`]], body: OBJECT })
for (const [label, fields] of [['first', spelling('sha256')], ['second', spelling('sha1')], ['second-by-its-own-name', spelling('sha1', 'x-sig')], ['second-in-upper-case', spelling('sha1', 'X-SIG')]]) {
  accept(`spelling/${label}`, fields, event('sender', OBJECT, { type: 't' }))
}
const signedId = {
  name: 'sender',
  signature: [{ header: 'X-Sig', algorithm: 'hmac-sha256', encoding: 'hex', content: '{id}.{body}' }],
  id: { header: 'X-Event-Id' },
  event: { type: { header: 'X-Event' }, id: { header: 'x-event-id' }, created_at: { header: 'X-EVENT' } },
}
const at = '2025-10-09T08:53:20Z'
const identified = { scheme: signedId, secrets: [SECRET], headers: [['X-Sig', hex('sha256', SECRET, 'evt_1.', OBJECT)], ['X-Event-Id', 'evt_1'], ['X-Event', at]], body: OBJECT }
const identifiedSays = event('sender', OBJECT, { type: at, id: 'evt_1', created_at: at, unsigned: ['type', 'created_at'] })
accept('spelling/signed-id', { ...identified, why: 'The event’s id is the header that is signed, however it is spelt.' }, identifiedSays)
refuse('spelling/signed-id-changed', change(identified, 'X-Event-Id', () => 'evt_2'), 'signature_mismatch')
