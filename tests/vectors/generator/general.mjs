import { NONE, NOW, hex, suite } from './kit.mjs'
import * as from from './providers.mjs'
import { SECRET, change, event } from './providers.mjs'

const { accept, refuse, ...group } = suite(
  'general',
  'The three general schemes: what they accept and refuse, a type that is missing, what is unsigned.',
)
export default group

// Known answers of the senders' own documentation.
accept(
  'standard-webhooks/known-answer',
  {
    provider: 'standard-webhooks',
    secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
    headers: [
      ['webhook-id', 'msg_p5jXN8AQM9LWM0D4loKWxJek'],
      ['webhook-timestamp', '1614265330'],
      ['webhook-signature', 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='],
    ],
    body: '{"test": 2432232314}',
    now: 1614265330,
    why: 'The example that the Standard Webhooks libraries test themselves with.',
  },
  event('standard-webhooks', '{"test": 2432232314}', { type: '', id: 'msg_p5jXN8AQM9LWM0D4loKWxJek' }),
)
refuse(
  'github/known-answer',
  {
    provider: 'github',
    secrets: ["It's a Secret to Everybody"],
    headers: [
      ['X-GitHub-Event', 'ping'],
      ['X-Hub-Signature-256', 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17'],
    ],
    body: 'Hello, World!',
    why: 'GitHub’s documented example: authentic, but its body is not JSON.',
  },
  'invalid_payload',
)

const TYPED = '{"id":"evt_1","type":"invoice.paid","created":1760000000,"data":{"object":{"id":"in_1"}}}'
const DELIVERY = '72d3162e-cc78-11e3-81ab-4c9367dc0958'

accept('standard-webhooks/typed', from.standard(TYPED), event('standard-webhooks', TYPED, { type: 'invoice.paid', id: from.MESSAGE }))
accept('stripe/typed', { ...from.stripe(TYPED), why: 'Stripe’s `created` is in Unix seconds.' }, event('stripe', TYPED, { type: 'invoice.paid', id: 'evt_1', created_at: '2025-10-09T08:53:20Z' }))
accept('github/typed', from.github(TYPED), event('github', TYPED, { type: 'push', id: DELIVERY }))

for (const [label, body, why] of [
  ['type-missing', '{"hello":"world"}', 'Here a missing type is the empty string.'],
  ['empty-object', '{}'],
  ['type-in-another-case', '{"Type":"invoice.paid","TYPE":"invoice.paid"}'],
  ['type-nested', '{"event":{"type":"invoice.paid"}}'],
]) {
  accept(`standard-webhooks/${label}`, { ...from.standard(body), why }, event('standard-webhooks', body, { type: '', id: from.MESSAGE }))
  accept(`stripe/${label}`, { ...from.stripe(body), why }, event('stripe', body, { type: '' }))
}
accept('standard-webhooks/type-empty', from.standard('{"type":""}'), event('standard-webhooks', '{"type":""}', { type: '', id: from.MESSAGE }))
for (const value of ['7', '[]', '{}', 'true', 'null']) {
  const label = `type-is-${{ '[]': 'array', '{}': 'object', 7: 'number', true: 'boolean', null: 'null' }[value]}`
  const body = `{"type":${value}}`
  const why = 'Here no type is needed, so one that is no string loses no event: it is as if it were missing.'
  accept(`standard-webhooks/${label}`, { ...from.standard(body), why }, event('standard-webhooks', body, { type: '', id: from.MESSAGE }))
  accept(`stripe/${label}`, { ...from.stripe(body), why }, event('stripe', body, { type: '' }))
}
accept('github/event-header-missing', from.github(TYPED, { type: null }), event('github', TYPED, { type: '', id: DELIVERY }))
accept('github/delivery-header-missing', from.github(TYPED, { id: null }), event('github', TYPED, { type: 'push' }))
accept('github/delivery-header-empty', from.github(TYPED, { id: '' }), event('github', TYPED, { type: 'push' }))
accept('github/both-headers-missing', from.github('{}', { type: null, id: null }), event('github', '{}', { type: '' }))
accept('github/replayed-under-another-id', { ...from.github(TYPED, { id: 'attacker' }), why: 'The id is not signed, so the deduplication key does not use it.' }, event('github', TYPED, { type: 'push', id: 'attacker' }))
accept('github/type-and-id-of-the-body-are-not-read', from.github(TYPED, { type: 'issues', id: null }), event('github', TYPED, { type: 'issues' }))
accept('stripe/id-missing', from.stripe('{"type":"ping"}'), event('stripe', '{"type":"ping"}', { type: 'ping' }))
accept('stripe/id-is-a-number', from.stripe('{"type":"ping","id":7}'), event('stripe', '{"type":"ping","id":7}', { type: 'ping', id: '7' }))
accept('standard-webhooks/id-of-the-body-is-not-read', from.standard('{"id":"x","type":"ping"}'), event('standard-webhooks', '{"id":"x","type":"ping"}', { type: 'ping', id: from.MESSAGE }))
accept('standard-webhooks/id-with-dots', { ...from.standard(TYPED, { id: 'msg.1.2' }), why: 'A dot is also the separator; the digits after it still are the time.' }, event('standard-webhooks', TYPED, { type: 'invoice.paid', id: 'msg.1.2' }))
accept('standard-webhooks/whitespace-in-the-body', from.standard(' { "type" : "ping" }\n'), event('standard-webhooks', ' { "type" : "ping" }\n', { type: 'ping', id: from.MESSAGE }))

for (const [provider, sent] of [['standard-webhooks', from.standard], ['stripe', from.stripe], ['github', from.github]]) {
  refuse(`${provider}/body-changed`, { ...sent(TYPED), body: TYPED.replace('in_1', 'in_2') }, 'signature_mismatch')
  refuse(`${provider}/body-reformatted`, { ...sent(TYPED), body: JSON.stringify(JSON.parse(TYPED), null, 1), why: 'The bytes are signed, not the meaning.' }, 'signature_mismatch')
  refuse(`${provider}/newline-appended`, { ...sent(TYPED), body: `${TYPED}\n` }, 'signature_mismatch')
  refuse(`${provider}/body-emptied`, { ...sent(TYPED), body: '' }, 'signature_mismatch')
}
for (const [provider, sent] of [['stripe', from.stripe], ['github', from.github]]) {
  refuse(`${provider}/array`, sent('[]'), 'invalid_payload')
  refuse(`${provider}/empty-body`, sent(''), 'invalid_payload')
}
for (const [provider, sent] of [['standard-webhooks', from.standard], ['stripe', from.stripe]]) {
  refuse(`${provider}/form-body`, sent('payload=%7B%7D'), 'invalid_payload')
}
accept('standard-webhooks/array', from.standard('[]'), event('standard-webhooks', '[]', { type: '', id: from.MESSAGE, data: NONE, envelope: [] }))
accept('standard-webhooks/empty-body', from.standard(''), event('standard-webhooks', '', { type: '', id: from.MESSAGE, data: NONE, envelope: null }))
accept('github/form-body', { ...from.github('payload=%7B%7D'), why: 'The default content type. The signature is over the form, which is what the event’s body is.' }, event('github', 'payload=%7B%7D', { type: 'push', id: DELIVERY, data: {}, envelope: {} }))
for (const value of ['7', '"text"', 'true', 'null']) {
  refuse(`standard-webhooks/body-is-${{ 7: 'number', '"text"': 'string', true: 'boolean', null: 'null' }[value]}`, { ...from.standard(value), why: 'Beside an id that holds a dot nobody could tell where it begins.' }, 'invalid_payload')
}
refuse('standard-webhooks/body-is-white-space', from.standard(' \n'), 'invalid_payload')
accept('standard-webhooks/array-of-events', from.standard('[{"type":"invoice.paid","data":{}}]'), event('standard-webhooks', '[{"type":"invoice.paid","data":{}}]', { type: '', id: from.MESSAGE, data: NONE }))

const ISSUE = 'payload=%7B%22action%22%3A%22opened+%26+closed%22%2C%22name%22%3A%22Andr%C3%A9%2B1%22%7D'
accept('github/form', from.github(ISSUE), event('github', ISSUE, { type: 'push', id: DELIVERY, data: { action: 'opened & closed', name: 'André+1' } }))
for (const [label, body, data] of [
  ['form-in-lower-case', 'payload=%7b%22a%22%3a1%7d', { a: 1 }],
  ['form-with-spaces-as-percent-20', 'payload=%7B%22a%22%3A%20%22b%20c%22%7D', { a: 'b c' }],
  ['form-with-few-escapes', 'payload={"a":"é=1"}', { a: 'é=1' }],
  ['form-with-white-space-around', 'payload=+%7B%7D%0A', {}],
]) {
  accept(`github/${label}`, from.github(body), event('github', body, { type: 'push', id: DELIVERY, data }))
}
for (const [label, body, why] of [
  ['form-of-an-array', 'payload=%5B%5D'],
  ['form-of-nothing', 'payload='],
  ['form-of-no-json', 'payload=hello'],
  ['form-twice', 'payload=%7B%7D&payload=%7B%7D', 'GitHub’s own has one field: which of two would count nobody knows.'],
  ['form-with-another-field', 'payload=%7B%7D&zen=a'],
  ['form-with-another-field-first', 'zen=a&payload=%7B%7D'],
  ['form-ends-in-an-ampersand', 'payload=%7B%7D&'],
  ['form-field-in-upper-case', 'PAYLOAD=%7B%7D'],
  ['form-field-escaped', '%70ayload=%7B%7D'],
  ['form-with-a-bare-percent', 'payload=%7B%22a%22%3A%22100%%22%7D'],
  ['form-cut-in-an-escape', 'payload=%7B%7'],
  ['form-of-wrong-utf-8', 'payload=%7B%22a%22%3A%22%E9%22%7D'],
  ['form-encoded-twice', 'payload=%257B%257D'],
  ['form-after-white-space', ' payload=%7B%7D'],
]) {
  refuse(`github/${label}`, { ...from.github(body), why }, 'invalid_payload')
}
refuse('github/form-changed', { ...from.github(ISSUE), body: ISSUE.replace('opened', 'edited') }, 'signature_mismatch')
refuse('github/form-decoded', { ...from.github('payload=%7B%7D'), body: '{}', why: 'The form is signed, not what it holds.' }, 'signature_mismatch')
refuse('github/form-written-again', { ...from.github(ISSUE), body: ISSUE.replaceAll('+', '%20'), why: 'The bytes are signed, not the meaning.' }, 'signature_mismatch')
refuse('stripe/signed-with-a-colon', change(from.stripe(TYPED), 'Stripe-Signature', () => `t=${NOW},v1=${hex('sha256', SECRET.stripe, `${NOW}:`, TYPED)}`), 'signature_mismatch')
refuse('stripe/signed-without-the-time', change(from.stripe(TYPED), 'Stripe-Signature', () => `t=${NOW},v1=${hex('sha256', SECRET.stripe, TYPED)}`), 'signature_mismatch')
refuse('github/sha1-prefix', change(from.github(TYPED), 'X-Hub-Signature-256', () => `sha1=${hex('sha1', SECRET.github, TYPED)}`), 'malformed_header')
refuse('github/without-prefix', change(from.github(TYPED), 'X-Hub-Signature-256', (value) => value.slice(7)), 'malformed_header')
