import { NOW, hex, sha256, suite } from './kit.mjs'
import * as from from './providers.mjs'
import { SECRET, event } from './providers.mjs'

const { accept, refuse, ...group } = suite(
  'rotation',
  'Several secrets, any of which may match, and what a secret may be: it is used as it stands.',
)
export default group

const BODY = '{"id":"evt_1","type":"claim.created","event":"claim.created","data":{}}'
const SAYS = {
  coverkit: { type: 'claim.created', id: 'evt_1' },
  kasko: { type: 'policy.created', id: from.DELIVERY },
  mycover: { type: 'claim.created' },
  claimport: { type: 'claim.created', id: 'evt_1' },
  'standard-webhooks': { type: 'claim.created', id: from.MESSAGE },
  stripe: { type: 'claim.created', id: 'evt_1' },
  github: { type: 'push', id: '72d3162e-cc78-11e3-81ab-4c9367dc0958' },
}
const SEND = { ...from, 'standard-webhooks': from.standard }
const other = (provider, number) =>
  provider === 'standard-webhooks'
    ? `whsec_${Buffer.from(sha256(`other ${number}`), 'hex').toString('base64')}`
    : `other-secret-${number}`

for (const provider of Object.keys(SAYS)) {
  const sent = SEND[provider](BODY)
  const secret = SECRET[provider]
  accept(`${provider}/second-of-two`, { ...sent, secrets: [other(provider, 1), secret] }, event(provider, BODY, { ...SAYS[provider], key_index: 1 }))
  accept(`${provider}/first-of-three`, { ...sent, secrets: [secret, other(provider, 1), other(provider, 2)] }, event(provider, BODY, SAYS[provider]))
  refuse(`${provider}/none-of-three`, { ...sent, secrets: [1, 2, 3].map((number) => other(provider, number)) }, 'signature_mismatch')
}

const claimport = (key_index) => event('claimport', BODY, { ...SAYS.claimport, key_index })
const ten = [...Array(9).keys()].map((number) => other('claimport', number))
accept('last-of-ten', { ...from.claimport(BODY), secrets: [...ten, SECRET.claimport] }, claimport(9))
accept('same-secret-twice', { ...from.claimport(BODY), secrets: [SECRET.claimport, SECRET.claimport], why: 'The first that matches is named.' }, claimport(0))
accept('secrets-that-differ-in-case', { ...from.claimport(BODY, { secret: 'Secret-Of-Claims' }), secrets: ['secret-of-claims', 'Secret-Of-Claims'] }, claimport(1))
accept('secret-that-extends-another', { ...from.claimport(BODY, { secret: 'abc123def' }), secrets: ['abc123', 'abc123def'] }, claimport(1))
accept('coverkit-stamped-second-of-two', { ...from.coverkit(BODY, { form: 'stamped' }), secrets: ['before', SECRET.coverkit] }, event('coverkit', BODY, { ...SAYS.coverkit, key_index: 1 }))

const loose = '{ "event" : "claim.created", "data" : { "x" : 1.0 } }'
const canonical = JSON.stringify(JSON.parse(loose))
accept(
  'mycover-other-form-under-the-second-secret',
  { ...from.mycover(loose, { signed: canonical }), secrets: ['MCASECK|retired', SECRET.mycover], why: 'Both forms are tried with every secret.' },
  event('mycover', canonical, { type: 'claim.created', data: { x: 1 }, key_index: 1 }),
  canonical,
)

const foreign = `v1,${from.standardDigest(BODY, { secret: other('standard-webhooks', 7) })}`
accept(
  'standard-webhooks-second-entry-second-secret',
  {
    ...from.change(from.standard(BODY), 'webhook-signature', (value) => `${foreign} ${value}`),
    secrets: [other('standard-webhooks', 1), SECRET['standard-webhooks']],
    why: 'While the sender rotates, it signs with each of its keys.',
  },
  event('standard-webhooks', BODY, { ...SAYS['standard-webhooks'], key_index: 1 }),
)
accept(
  'stripe-second-entry-second-secret',
  {
    ...from.change(from.stripe(BODY), 'Stripe-Signature', (value) => value.replace(',v1=', `,v1=${hex('sha256', 'retired', `${NOW}.`, BODY)},v1=`)),
    secrets: ['whsec_not_this_one', SECRET.stripe],
  },
  event('stripe', BODY, { ...SAYS.stripe, key_index: 1 }),
)

// What a secret may be.
const VERBATIM = {
  'secret-non-ascii': ['Schlüssel-ключ-密钥-🔑', 'Secrets are UTF-8 bytes.'],
  'secret-inner-space': ['correct horse battery staple', 'Only surrounding white space is a mistake.'],
  'secret-inner-quotes': [`it's "quoted" inside`, 'Only surrounding quotes are a mistake.'],
  'secret-of-one-character': ['x'],
  'secret-of-a-thousand-characters': ['k'.repeat(1000)],
  'secret-that-looks-like-hex': ['00112233445566778899aabbccddeeff', 'It is text, not the bytes that the text could stand for.'],
  'secret-that-looks-like-base64': ['c2VjcmV0LXNlY3JldC1zZWNyZXQ='],
  'secret-with-escapes-in-its-text': ['tab\\t-newline\\n-unit\\u0041', 'A backslash is a backslash.'],
  'secret-with-percent': ['50%25-off-%s-%n'],
  'secret-decomposed': ['caf\u0065\u0301', 'No Unicode normalisation.'],
}
for (const [label, [secret, why]] of Object.entries(VERBATIM)) {
  accept(label, { ...from.claimport(BODY, { secret }), why }, claimport(0))
}
refuse('secret-composed-is-not-decomposed', { ...from.claimport(BODY, { secret: 'caf\u00e9' }), secrets: ['caf\u0065\u0301'] }, 'signature_mismatch')

for (const [provider, block] of [['kasko', 64], ['claimport', 64], ['mycover', 128]]) {
  for (const length of [block, block + 1]) {
    const secret = 'k'.repeat(length)
    const why = length > block ? 'HMAC hashes a key that is longer than the block.' : 'A key of exactly one block is not hashed.'
    accept(`${provider}/secret-of-${length}-bytes`, { ...SEND[provider](BODY, { secret }), why }, event(provider, BODY, SAYS[provider]))
  }
}

const kaskoDecoded = Buffer.from(SECRET.kasko.replace('whsec_', ''), 'base64')
refuse('kasko/whsec-is-not-base64', { ...from.kasko(BODY, { secret: kaskoDecoded }), secrets: [SECRET.kasko], why: 'whsec_… is verbatim here; only some senders mean base64.' }, 'signature_mismatch')
refuse('kasko/whsec-belongs-to-the-secret', { ...from.kasko(BODY, { secret: SECRET.kasko.replace('whsec_', '') }), secrets: [SECRET.kasko] }, 'signature_mismatch')
refuse('mycover/key-without-its-first-part', { ...from.mycover(BODY, { secret: SECRET.mycover.split('|')[1] }), secrets: [SECRET.mycover], why: 'The whole MCASECK|… is the key.' }, 'signature_mismatch')
refuse('standard-webhooks/secret-as-text', {
  ...from.change(from.standard(BODY), 'webhook-signature', () => `v1,${Buffer.from(hex('sha256', SECRET['standard-webhooks'], `${from.MESSAGE}.${NOW}.`, BODY), 'hex').toString('base64')}`),
  why: 'The key is what the base64 after whsec_ stands for.',
}, 'signature_mismatch')
accept('standard-webhooks/secret-without-whsec', { ...from.standard(BODY), secrets: [SECRET['standard-webhooks'].replace('whsec_', '')] }, event('standard-webhooks', BODY, SAYS['standard-webhooks']))

const bytes = (label, secret, why) => accept(label, { ...from.claimport(BODY, { secret }), secrets: [secret], why }, claimport(0))
bytes('bytes-not-utf8', Buffer.from('fffe80c328', 'hex'), 'A secret given as bytes need not be text.')
bytes('bytes-with-nul', Buffer.from('abc\0def'))
bytes('bytes-that-are-text', Buffer.from(SECRET.claimport))
refuse('bytes-do-not-end-at-nul', { ...from.claimport(BODY, { secret: 'abc' }), secrets: [Buffer.from('abc\0def')], why: 'A secret has a length; a NUL does not end it.' }, 'signature_mismatch')
