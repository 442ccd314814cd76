import { NONE, suite } from './kit.mjs'
import * as from from './providers.mjs'
import { event } from './providers.mjs'

const { accept, refuse, ...group } = suite(
  'events',
  'What an authentic delivery says: type, id, created_at as an instant, test, data, the deduplication key.',
)
export default group

// created_at: RFC 3339 or none.
const MOMENTS = {
  'utc': '2024-12-20T12:00:00Z',
  'milliseconds': '2024-12-20T12:00:00.123Z',
  'one-digit': '2024-12-20T12:00:00.5Z',
  'microseconds': '2024-12-20T12:00:00.123000Z',
  'nanoseconds': '2024-12-20T12:00:00.123000000Z',
  'twelve-digits': '2024-12-20T12:00:00.123000000000Z',
  'lower-case-t': '2024-12-20t12:00:00Z',
  'lower-case-z': '2024-12-20T12:00:00z',
  'lower-case-both': '2024-12-20t12:00:00.25z',
  'offset-east': '2024-12-20T12:00:00+02:00',
  'offset-west': '2024-12-20T12:00:00-05:30',
  'offset-zero': '2024-12-20T12:00:00+00:00',
  'offset-unknown': '2024-12-20T12:00:00-00:00',
  'offset-over-midnight': '2024-12-31T23:30:00-01:00',
  'offset-largest': '2024-12-20T12:00:00+23:59',
  'fraction-and-offset': '2024-12-20T12:00:00.75+01:00',
  'leap-day': '2024-02-29T00:00:00Z',
  'leap-day-of-a-century': '2000-02-29T00:00:00Z',
  'before-the-epoch': '1969-12-31T23:59:59Z',
  'cut-off-not-rounded': '2024-12-20T12:00:00.999999999Z',
  'far-past': '1000-01-01T00:00:00Z',
  'far-future': '9999-12-31T23:59:59Z',
}
const NOT_MOMENTS = {
  'empty': '""',
  'date': '"2024-12-20"',
  'no-zone': '"2024-12-20T12:00:00"',
  'no-seconds': '"2024-12-20T12:00Z"',
  'basic-format': '"20241220T120000Z"',
  'offset-without-colon': '"2024-12-20T12:00:00+0200"',
  'offset-hours-only': '"2024-12-20T12:00:00+02"',
  'offset-of-24-hours': '"2024-12-20T12:00:00+24:00"',
  'offset-of-60-minutes': '"2024-12-20T12:00:00+01:60"',
  'zone-name': '"2024-12-20T12:00:00 UTC"',
  'bracketed-zone': '"2024-12-20T12:00:00Z[UTC]"',
  'month-13': '"2024-13-01T00:00:00Z"',
  'month-0': '"2024-00-01T00:00:00Z"',
  'day-0': '"2024-12-00T00:00:00Z"',
  'day-32': '"2024-12-32T00:00:00Z"',
  'day-31-of-april': '"2024-04-31T00:00:00Z"',
  'leap-day-of-a-common-year': '"2023-02-29T00:00:00Z"',
  'leap-day-of-a-common-century': '"1900-02-29T00:00:00Z"',
  'hour-24': '"2024-12-20T24:00:00Z"',
  'minute-60': '"2024-12-20T12:60:00Z"',
  'second-61': '"2024-12-20T12:00:61Z"',
  'second-60-within-the-day': '"2024-12-20T12:30:60Z"',
  'empty-fraction': '"2024-12-20T12:00:00.Z"',
  'comma-fraction': '"2024-12-20T12:00:00,5Z"',
  'one-digit-month': '"2024-1-20T12:00:00Z"',
  'five-digit-year': '"12024-12-20T12:00:00Z"',
  'signed-year': '"+002024-12-20T12:00:00Z"',
  'leading-space': '" 2024-12-20T12:00:00Z"',
  'trailing-space': '"2024-12-20T12:00:00Z "',
  'trailing-newline': '"2024-12-20T12:00:00Z\\n"',
  'trailing-nul': '"2024-12-20T12:00:00Z\\u0000"',
  'full-width-digits': '"２０２４-12-20T12:00:00Z"',
  'http-date': '"Fri, 20 Dec 2024 12:00:00 GMT"',
  'words': '"yesterday"',
  'unix-seconds': '1734696000',
  'unix-seconds-as-text': '"1734696000"',
  'null': 'null',
  'object': '{"$date":"2024-12-20T12:00:00Z"}',
  'array': '["2024-12-20T12:00:00Z"]',
}
for (const [label, moment] of Object.entries(MOMENTS)) {
  const body = `{"id":"evt_1","type":"quote.created","createdAt":"${moment}","data":{}}`
  accept(`created-at/${label}`, from.coverkit(body), event('coverkit', body, { type: 'quote.created', id: 'evt_1', created_at: moment }))
}
for (const [label, value] of Object.entries(NOT_MOMENTS)) {
  const body = `{"id":"evt_1","type":"quote.created","createdAt":${value},"data":{}}`
  accept(`created-at/none-${label}`, from.coverkit(body), event('coverkit', body, { type: 'quote.created', id: 'evt_1' }))
}
const LEAP = '{"id":"evt_1","type":"quote.created","createdAt":"2016-12-31T23:59:60Z","data":{}}'
accept('created-at/leap-second', { ...from.coverkit(LEAP), why: 'RFC 3339 has it, clocks do not: it is the last instant before midnight.' }, event('coverkit', LEAP, { type: 'quote.created', id: 'evt_1', created_at: '2016-12-31T23:59:59.999999999Z' }))
const ESCAPED = '{"type":"quote.created","created\\u0041t":"2024-12-20T12\\u003a00:00Z"}'
accept('created-at/escapes', from.coverkit(ESCAPED), event('coverkit', ESCAPED, { type: 'quote.created', created_at: '2024-12-20T12:00:00Z' }))

// Fields of the body, one provider each.
const says = (label, send, provider, body, fields, why) => accept(label, { ...send(body), why }, event(provider, body, fields))
const claimport = (label, body, fields, why) => says(label, from.claimport, 'claimport', body, fields, why)
const coverkit = (label, body, fields, why) => says(label, from.coverkit, 'coverkit', body, fields, why)
const mycover = (label, body, fields, why) => says(label, from.mycover, 'mycover', body, fields, why)
const kasko = (label, body, fields, why) =>
  says(label, from.kasko, 'kasko', body, { type: 'policy.created', id: from.DELIVERY, data: JSON.parse(body), ...fields }, why)

claimport('id/signed', '{"type":"claim.created","id":"evt_9","data":{}}', { type: 'claim.created', id: 'evt_9', data: {} })
claimport('id/none-number', '{"type":"claim.created","id":7,"data":{}}', { type: 'claim.created', id: '7', data: {} }, 'An integer is its text.')
for (const [label, value] of Object.entries({ null: 'null', object: '{"id":"x"}', array: '["x"]', boolean: 'true', empty: '""' })) {
  claimport(`id/none-${label}`, `{"type":"claim.created","id":${value},"data":{}}`, { type: 'claim.created', data: {} }, 'Only an integer or a string that is not empty is an id; the key falls back to the body’s digest.')
}
for (const [label, value] of Object.entries({ zero: '0', negative: '-7', 'beyond-64-bits': '123456789012345678901234567890' })) {
  claimport(`id/integer-${label}`, `{"type":"claim.created","id":${value},"data":{}}`, { type: 'claim.created', id: value, data: {} }, 'An integer is its text, as it stands.')
}
for (const [label, value] of Object.entries({ 'negative-zero': '-0', fraction: '7.0', exponent: '7e0' })) {
  claimport(`id/none-number-${label}`, `{"type":"claim.created","id":${value},"data":{}}`, { type: 'claim.created', data: {} }, 'It could be written in other ways.')
}
claimport('id/digits-as-text', '{"type":"claim.created","id":"-0","data":{}}', { type: 'claim.created', id: '-0', data: {} })
claimport('id/none-missing', '{"type":"claim.created","data":{}}', { type: 'claim.created', data: {} })
claimport('id/with-a-colon', '{"type":"claim.created","id":"a:b:c","data":{}}', { type: 'claim.created', id: 'a:b:c', data: {} })
claimport('id/with-a-nul', '{"type":"claim.created","id":"a\\u0000b","data":{}}', { type: 'claim.created', id: 'a\0b', data: {} }, 'A string has a length; a NUL does not end it.')
claimport('id/space', '{"type":"claim.created","id":" ","data":{}}', { type: 'claim.created', id: ' ', data: {} })
claimport('id/escaped', '{"type":"claim.created","id":"\\u0065vt\\/1","data":{}}', { type: 'claim.created', id: 'evt/1', data: {} })
mycover('id/event-id', '{"event":"claim.updated","event_id":"e1","id":"not this","data":{"id":"nor this"}}', { type: 'claim.updated', id: 'e1', data: { id: 'nor this' } })
coverkit('id/not-of-data', '{"type":"quote.created","data":{"id":"quote_1"}}', { type: 'quote.created', data: { id: 'quote_1' } })

claimport('type/with-a-nul', '{"type":"a\\u0000b"}', { type: 'a\0b', data: {} })
claimport('type/unknown', '{"type":"something.new"}', { type: 'something.new', data: {} }, 'Payloads grow; verifying does not fail for it.')
claimport('type/not-ascii', '{"type":"réclamation.créée"}', { type: 'réclamation.créée', data: {} })
claimport('type/spaces-are-kept', '{"type":" claim.created "}', { type: ' claim.created ', data: {} })
coverkit('type/dedupe-key-holds-it', '{"type":"a:b"}', { type: 'a:b', data: NONE })
for (const [label, value] of Object.entries({ number: '7', null: 'null', object: '{}', array: '["claim.created"]', boolean: 'false' })) {
  refuse(`type/${label}`, from.claimport(`{"type":${value},"data":{}}`), 'invalid_payload')
}
refuse('type/missing', from.claimport('{"id":"evt_1","data":{}}'), 'invalid_payload')
refuse('type/in-another-case', from.claimport('{"Type":"claim.created","data":{}}'), 'invalid_payload')
refuse('type/only-in-data', from.claimport('{"data":{"type":"claim.created"}}'), 'invalid_payload')
refuse('type/mycover-uses-event', from.mycover('{"type":"claim.created","data":{}}'), 'invalid_payload')

claimport('test/webhook-test', '{"type":"webhook.test","timestamp":"2024-01-15T10:00:00Z"}', { type: 'webhook.test', created_at: '2024-01-15T10:00:00Z', test: true, data: {} })
claimport('test/webhook-test-with-data', '{"type":"webhook.test","id":"evt_1","data":{"a":1}}', { type: 'webhook.test', id: 'evt_1', test: true, data: { a: 1 } })
claimport('test/webhook-test-escaped', '{"type":"webhook\\u002etest"}', { type: 'webhook.test', test: true, data: {} })
claimport('test/longer-type', '{"type":"webhook.tested"}', { type: 'webhook.tested', data: {} })
claimport('test/upper-case-type', '{"type":"WEBHOOK.TEST"}', { type: 'WEBHOOK.TEST', data: {} })
claimport('test/livemode-is-not-read', '{"type":"claim.created","livemode":false}', { type: 'claim.created', data: {} })
coverkit('test/never', '{"type":"webhook.test","livemode":false,"test":true}', { type: 'webhook.test', data: NONE })
mycover('test/never-mycover', '{"event":"webhook.test","livemode":false}', { type: 'webhook.test', data: NONE })
kasko('test/livemode-false', '{"livemode":false}', { test: true })
kasko('test/livemode-true', '{"livemode":true}', {})
for (const [label, body] of Object.entries({
  missing: '{}', null: '{"livemode":null}', zero: '{"livemode":0}', text: '{"livemode":"false"}', empty: '{"livemode":""}', nested: '{"data":{"livemode":false}}',
})) {
  kasko(`test/livemode-${label}`, body, {}, 'Only false says that it is a test.')
}

for (const [label, text] of Object.entries({ null: 'null', string: '"text"', number: '12.5', true: 'true', array: '[1,[2],{"a":3}]', object: '{"a":{"b":[]}}', 'empty-object': '{}', 'empty-array': '[]' })) {
  claimport(`data/${label}`, `{"type":"claim.created","data":${text}}`, { type: 'claim.created', data: JSON.parse(text) }, label === 'null' ? 'Null is not absent.' : undefined)
}
claimport('data/absent-is-an-empty-object', '{"type":"claim.created"}', { type: 'claim.created', data: {} })
coverkit('data/absent-is-none', '{"type":"quote.created"}', { type: 'quote.created', data: NONE })
coverkit('data/null-is-null', '{"type":"quote.created","data":null}', { type: 'quote.created', data: null })
mycover('data/absent-is-none-mycover', '{"event":"claim.updated"}', { type: 'claim.updated', data: NONE })
kasko('data/whole-body', '{"id":"lpol_1","livemode":true,"metadata":{"some":"value"},"data":{"x":1}}', {})
kasko('data/empty-body-object', '{}', {})
kasko('data/type-of-the-body-is-not-read', '{"type":"policy.cancelled","id":"x"}', {})
mycover('created-at/of-data', '{"event":"claim.updated","created_at":"2020-01-01T00:00:00Z","data":{"created_at":"2023-08-18T09:47:22.008Z"}}', { type: 'claim.updated', created_at: '2023-08-18T09:47:22.008Z', data: { created_at: '2023-08-18T09:47:22.008Z' } })
mycover('created-at/data-is-an-array', '{"event":"claim.updated","data":[{"created_at":"2023-08-18T09:47:22Z"}]}', { type: 'claim.updated', data: [{ created_at: '2023-08-18T09:47:22Z' }] })
kasko('created-at/never-kasko', '{"created_at":"2023-08-18T09:47:22Z","policy_created_date":"2023-08-18T09:47:22Z"}', {})
claimport('unknown-fields', '{"v":2,"type":"claim.created","new":{"nested":[1,2,3]},"data":{},"more":null}', { type: 'claim.created', data: {} })
