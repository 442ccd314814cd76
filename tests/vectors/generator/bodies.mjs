import { NONE, hex, suite } from './kit.mjs'
import { event } from './providers.mjs'

const { accept, refuse, ...group } = suite(
  'bodies',
  'What a body may be, as a scheme of the user’s says it: objects, arrays, any JSON value, nothing, a form.',
)
export default group

const SECRET = 'acme_9d1c2b7e40f84c5a'
const scheme = (payload, fields = {}) => ({
  name: 'acme',
  signature: [{ header: 'X-Acme-Signature', algorithm: 'hmac-sha256', encoding: 'hex', content: '{body}' }],
  payload,
  event: { type: { pointer: '/type' }, type_required: false, id: { pointer: '/id' }, data: { pointer: '' }, ...fields },
})
const sent = (payload, body, fields) => ({
  scheme: scheme(payload, fields),
  secrets: [SECRET],
  headers: [['X-Acme-Signature', hex('sha256', SECRET, body)]],
  body,
})
const says = (body, more) => event('acme', body, { type: '', ...more })

const KINDS = {
  object: ['{"n":1}', { n: 1 }],
  array: ['[{"n":1},2]', [{ n: 1 }, 2]],
  number: ['-1.5', -1.5],
  string: ['"text"', 'text'],
  boolean: ['false', false],
  null: ['null', null],
}
const ACCEPTS = {
  'by-default': [{}, ['object']],
  'as-objects': [{ accepts: ['object'] }, ['object']],
  'with-arrays': [{ accepts: ['object', 'array'] }, ['object', 'array']],
  'of-any-kind': [{ accepts: ['any'] }, Object.keys(KINDS)],
  'of-any-kind-or-none': [{ accepts: ['any', 'empty'] }, [...Object.keys(KINDS), 'empty']],
  'as-objects-or-none': [{ accepts: ['object', 'empty'] }, ['object', 'empty']],
}
for (const [label, [payload, taken]] of Object.entries(ACCEPTS)) {
  for (const [kind, [body, data]] of Object.entries(KINDS)) {
    const name = `${label}/${kind}`
    if (taken.includes(kind)) accept(name, sent(payload, body), says(body, { data, envelope: data }))
    else refuse(name, sent(payload, body), 'invalid_payload')
  }
  if (taken.includes('empty')) accept(`${label}/empty`, sent(payload, ''), says('', { data: NONE, envelope: null }))
  else refuse(`${label}/empty`, sent(payload, ''), 'invalid_payload')
  refuse(`${label}/white-space`, sent(payload, ' \n'), 'invalid_payload')
  refuse(`${label}/form`, sent(payload, 'payload=%7B%7D'), 'invalid_payload')
  refuse(`${label}/two-values`, sent(payload, '{}{}'), 'invalid_payload')
}

const BATCH = '[{"id":"evt_1","type":"a"},{"id":"evt_2","type":"b"}]'
const arrays = { accepts: ['object', 'array'] }
accept('batch/fields-of-its-first', sent(arrays, BATCH, { type: { pointer: '/0/type' }, id: { pointer: '/0/id' } }), says(BATCH, { type: 'a', id: 'evt_1', data: JSON.parse(BATCH), envelope: JSON.parse(BATCH) }))
accept('batch/without-fields', sent(arrays, BATCH), says(BATCH, { data: JSON.parse(BATCH) }))
accept('batch/a-part-as-data', sent(arrays, BATCH, { data: { pointer: '/1' } }), says(BATCH, { data: JSON.parse(BATCH)[1], envelope: JSON.parse(BATCH) }))
refuse('batch/without-a-required-type', sent(arrays, BATCH, { type_required: true }), 'invalid_payload')
accept('batch/empty', sent(arrays, '[]'), says('[]', { data: [] }))
refuse('batch/cut', sent(arrays, BATCH.slice(0, -1)), 'invalid_payload')

const empty = { accepts: ['object', 'empty'] }
refuse('empty/without-a-required-type', sent(empty, '', { type_required: true }), 'invalid_payload')
accept('empty/with-default-data', sent(empty, '', { data_default: { n: 0 } }), says('', { data: { n: 0 }, envelope: null }))
refuse('empty/not-signed', { ...sent(empty, '{}'), body: '' }, 'signature_mismatch')

const form = { form_field: 'message' }
const FORM = 'message=%7B%22type%22%3A%22a%22%2C%22id%22%3A%22evt_1%22%2C%22text%22%3A%22x+y%22%7D'
accept('form/object', sent(form, FORM), says(FORM, { type: 'a', id: 'evt_1', data: { type: 'a', id: 'evt_1', text: 'x y' }, envelope: { type: 'a', id: 'evt_1', text: 'x y' } }))
accept('form/plain', sent(form, '{"type":"a"}'), says('{"type":"a"}', { type: 'a', data: { type: 'a' } }))
refuse('form/array', sent(form, 'message=%5B%5D'), 'invalid_payload')
accept('form/array-accepted', sent({ ...form, ...arrays }, 'message=%5B%5D'), says('message=%5B%5D', { data: [] }))
accept('form/number-accepted', sent({ ...form, accepts: ['any'] }, 'message=7'), says('message=7', { data: 7, envelope: 7 }))
refuse('form/field-empty', sent({ ...form, accepts: ['any', 'empty'] }, 'message='), 'invalid_payload')
refuse('form/another-field', sent(form, 'payload=%7B%7D'), 'invalid_payload')
refuse('form/longer-name', sent(form, 'messages=%7B%7D'), 'invalid_payload')
refuse('form/no-value', sent(form, 'message'), 'invalid_payload')

// The envelope is all of what was signed.
const INNER = { data: { pointer: '/data' }, type: { pointer: '/type' }, id: { pointer: '/id' } }
for (const [label, body, envelope] of [
  ['white-space-around', ' {"type":"a","account":"acct_1","data":{}}\r\n', { type: 'a', account: 'acct_1', data: {} }],
  ['without-data', '{"type":"a","account":"acct_1"}', { type: 'a', account: 'acct_1' }],
  ['twice-the-same-key', '{"type":"a","account":"one","account":"two","data":{}}', { type: 'a', account: 'two', data: {} }],
  ['lone-surrogate', '{"type":"a","account":"\\ud800x","data":{}}', { type: 'a', account: '\ufffdx', data: {} }],
  ['lone-surrogate-in-a-key', '{"type":"a","\\udfff":1,"data":{"v":"\\ud83d\\ude00"}}', { type: 'a', '\ufffd': 1, data: { v: '\u{1f600}' } }],
]) {
  accept(`envelope/${label}`, sent({}, body, INNER), says(body, { type: 'a', data: envelope.data ?? NONE, envelope }))
}
accept('envelope/of-bytes', { ...sent({ format: 'bytes' }, '{"type":"a"}'), scheme: { ...scheme({ format: 'bytes' }), event: { type_required: false } } }, says('{"type":"a"}', { data: NONE, envelope: null }))
