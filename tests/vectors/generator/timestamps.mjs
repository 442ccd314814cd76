import { NOW, hex, suite } from './kit.mjs'
import * as from from './providers.mjs'
import { SECRET, change, event } from './providers.mjs'

const { accept, refuse, ...group } = suite(
  'timestamps',
  'Signed timestamps: the tolerance to the second, their form, and that an old forgery is a forgery first.',
)
export default group

const BODY = '{"id":"evt_1","type":"claim.created","data":{}}'
const SENDERS = {
  coverkit: (options) => from.coverkit(options.body ?? BODY, { ...options, form: 'stamped' }),
  stripe: (options) => from.stripe(options.body ?? BODY, options),
  'standard-webhooks': (options) => from.standard(options.body ?? BODY, options),
}
const ID = { coverkit: 'evt_1', stripe: 'evt_1', 'standard-webhooks': from.MESSAGE }
const HEADER = { coverkit: 'coverkit-signature', stripe: 'Stripe-Signature', 'standard-webhooks': 'webhook-signature' }

for (const [provider, send] of Object.entries(SENDERS)) {
  const says = event(provider, BODY, { type: 'claim.created', id: ID[provider] })
  const at = (seconds) => send({ t: NOW + seconds })
  const forged = (fields) => change(fields, HEADER[provider], (value) => value.replace(/(v1[,=]).{8}/, '$1AAAAAAAA'))

  accept(`${provider}/now`, at(0), says)
  accept(`${provider}/as-old-as-tolerated`, at(-300), says)
  accept(`${provider}/as-far-ahead-as-tolerated`, at(300), says)
  refuse(`${provider}/one-second-too-old`, at(-301), 'timestamp_out_of_tolerance')
  refuse(`${provider}/one-second-too-far-ahead`, at(301), 'timestamp_out_of_tolerance')
  refuse(`${provider}/a-year-old`, at(-31_536_000), 'timestamp_out_of_tolerance')
  refuse(`${provider}/forged-and-old`, { ...forged(at(-31_536_000)), why: 'Nothing that a forger writes is believed, not even the time.' }, 'signature_mismatch')
  refuse(`${provider}/forged-and-fresh`, forged(at(0)), 'signature_mismatch')
  accept(`${provider}/custom-tolerance-exactly`, { ...at(-10), tolerance: 10 }, says)
  refuse(`${provider}/custom-tolerance-exceeded`, { ...at(-11), tolerance: 10 }, 'timestamp_out_of_tolerance')
  refuse(`${provider}/custom-tolerance-exceeded-ahead`, { ...at(11), tolerance: 10 }, 'timestamp_out_of_tolerance')
  accept(`${provider}/wide-tolerance`, { ...at(-86_400), tolerance: 86_400 }, says)
  refuse(`${provider}/old-and-not-json`, { ...send({ body: 'hello', t: NOW - 301 }), why: 'Time comes before the payload.' }, 'timestamp_out_of_tolerance')
  refuse(`${provider}/fresh-and-not-json`, send({ body: 'hello' }), 'invalid_payload')
  refuse(`${provider}/forged-and-not-json`, forged(send({ body: 'hello' })), 'signature_mismatch')
}

accept('zero-tolerance-now', { ...from.stripe(BODY), tolerance: 0 }, event('stripe', BODY, { type: 'claim.created', id: 'evt_1' }))
refuse('zero-tolerance-a-second-ago', { ...from.stripe(BODY, { t: NOW - 1 }), tolerance: 0 }, 'timestamp_out_of_tolerance')
accept('tolerance-beyond-32-bits', { ...from.stripe(BODY, { t: 0 }), tolerance: 5_000_000_000 }, event('stripe', BODY, { type: 'claim.created', id: 'evt_1' }))
accept('clock-at-the-epoch', { ...from.stripe(BODY, { t: 300 }), now: 0 }, event('stripe', BODY, { type: 'claim.created', id: 'evt_1' }))
accept('clock-near-the-epoch', { ...from.stripe(BODY, { t: 0 }), now: 100, why: 'Now less the tolerance is below zero.' }, event('stripe', BODY, { type: 'claim.created', id: 'evt_1' }))
refuse('clock-at-the-epoch-too-far-ahead', { ...from.stripe(BODY, { t: 301 }), now: 0 }, 'timestamp_out_of_tolerance')
accept('coverkit-plain-form-has-no-time', { ...from.coverkit(BODY), now: NOW, tolerance: 0, why: 'Only the stamped form carries one.' }, event('coverkit', BODY, { type: 'claim.created', id: 'evt_1' }))
accept('kasko-has-no-time', { ...from.kasko(BODY), now: 4_000_000_000 }, event('kasko', BODY, { type: 'policy.created', id: from.DELIVERY }))
refuse('leading-zeros', { ...from.stripe(BODY, { t: `000${NOW}` }), why: 'A second way to write a moment: where an id is signed right before it, the zeros could be the id\'s.' }, 'malformed_header')

// Well formed and absurd: authentic, so it is the time that is wrong.
const ABSURD = {
  'zero': '0',
  'milliseconds-for-seconds': `${NOW}000`,
  'beyond-32-bits': '4294967296',
  'largest-signed-64-bits': '9223372036854775807',
  'beyond-signed-64-bits': '9223372036854775808',
  'largest-unsigned-64-bits': '18446744073709551615',
  'beyond-unsigned-64-bits': '18446744073709551616',
  'twenty-nines': '99999999999999999999',
}
for (const [label, t] of Object.entries(ABSURD)) {
  refuse(`absurd/stripe-${label}`, from.stripe(BODY, { t }), 'timestamp_out_of_tolerance')
  refuse(`absurd/standard-webhooks-${label}`, from.standard(BODY, { t }), 'timestamp_out_of_tolerance')
}
refuse('absurd/forged', from.stripe(BODY, { t: '18446744073709551616', signed: '{}' }), 'signature_mismatch')

// Not of the form. The signature is genuine over the text as given: only the form can refuse it.
const MALFORMED = {
  'empty': '',
  'negative': '-1',
  'plus': `+${NOW}`,
  'fraction': `${NOW}.0`,
  'exponent': '1e9',
  'hex': '0x68e77b00',
  'letters': 'now',
  'rfc3339': '2025-10-09T08:53:20Z',
  'underscore': '1_760_000_000',
  'trailing-letter': `${NOW}s`,
  'inner-space': '1760 000000',
  'twenty-one-digits': '0'.repeat(11) + NOW,
  'five-hundred-digits': '1'.repeat(500),
  'full-width-digits': '１７６００００００００',
  'arabic-digits': '١٧٦٠٠٠٠٠٠٠',
  'shifted-digits': [...String(NOW)].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0x100)).join(''),
  'nul': `${NOW}\0`,
}
for (const [label, t] of Object.entries(MALFORMED)) {
  refuse(`malformed/stripe-${label}`, from.stripe(BODY, { t }), 'malformed_header')
  if (t !== '') refuse(`malformed/standard-webhooks-${label}`, from.standard(BODY, { t }), 'malformed_header')
}
refuse('malformed/coverkit-letters', from.coverkit(BODY, { form: 'stamped', t: 'now' }), 'malformed_header')
refuse('malformed/coverkit-negative', from.coverkit(BODY, { form: 'stamped', t: '-1' }), 'malformed_header')
refuse('malformed/standard-webhooks-leading-space', from.standard(BODY, { t: ` ${NOW}` }), 'malformed_header')
refuse('malformed/standard-webhooks-trailing-newline', from.standard(BODY, { t: `${NOW}\n` }), 'malformed_header')

// In the header's pairs.
const digest = (t) => hex('sha256', SECRET.stripe, `${t}.`, BODY)
const stripe = (value) => change(from.stripe(BODY), 'Stripe-Signature', () => value)
const genuine = event('stripe', BODY, { type: 'claim.created', id: 'evt_1' })
accept('pairs/same-time-twice', stripe(`t=${NOW},v1=${digest(NOW)},t=${NOW}`), genuine)
refuse('pairs/two-times', { ...stripe(`t=${NOW},t=${NOW - 1},v1=${digest(NOW)}`), why: 'It could be read either way.' }, 'malformed_header')
refuse('pairs/two-times-genuine-last', stripe(`t=${NOW - 1},v1=${digest(NOW)},t=${NOW}`), 'malformed_header')
refuse('pairs/malformed-beside-genuine', stripe(`t=x,t=${NOW},v1=${digest(NOW)}`), 'malformed_header')
refuse('pairs/no-time', stripe(`v1=${digest(NOW)}`), 'malformed_header')
refuse('pairs/time-under-another-key', stripe(`ts=${NOW},v1=${digest(NOW)}`), 'malformed_header')
refuse('pairs/key-in-upper-case', stripe(`T=${NOW},v1=${digest(NOW)}`), 'malformed_header')
refuse('pairs/signature-over-the-body-alone', stripe(`t=${NOW},v1=${hex('sha256', SECRET.stripe, BODY)}`), 'signature_mismatch')
refuse('pairs/time-made-fresh', { ...stripe(`t=${NOW},v1=${digest(NOW - 4000)}`), why: 'The time is signed.' }, 'signature_mismatch')
refuse('standard-webhooks/time-made-fresh', change(from.standard(BODY, { t: NOW - 4000 }), 'webhook-timestamp', () => String(NOW)), 'signature_mismatch')
refuse('standard-webhooks/id-changed', { ...change(from.standard(BODY), 'webhook-id', () => 'msg_other'), why: 'So is the id.' }, 'signature_mismatch')
refuse('malformed/time-before-forgery', { ...from.stripe(BODY, { t: 'x', signed: '{}' }), why: 'The form comes before the signature.' }, 'malformed_header')
