import { hex, suite } from './kit.mjs'
import * as from from './providers.mjs'
import { SECRET, event } from './providers.mjs'

const { accept, refuse, ...group } = suite(
  'setup',
  'What is wrong before any delivery comes, and what is not: a webhook that cannot be right fails when it is built.',
)
export default group

const nothing = { headers: [], body: '{}' }

for (const [label, provider, why] of [
  ['invented', 'nope'],
  ['empty', ''],
  ['upper-case', 'KASKO', 'Names are lower case.'],
  ['title', 'MyCover.ai'],
  ['leading-space', ' kasko'],
  ['trailing-nul', 'kasko\0'],
  ['prefix-of-a-name', 'kask'],
  ['path', '../kasko'],
  ['proto', '__proto__', 'A name that every object of some languages has.'],
  ['to-string', 'toString'],
  ['kelvin-sign', '\u212aas\u212ao'],
]) {
  refuse(`provider/${label}`, { ...nothing, provider, secrets: ['a-good-secret'], why }, 'unknown_provider')
}
const reversed = 'The arguments the wrong way round: no error may show a secret, also where a name should be.'
refuse('provider/secret', { ...nothing, provider: SECRET.kasko, secrets: [SECRET.kasko], why: reversed }, 'unknown_provider')

for (const [label, secret] of Object.entries({
  'empty': '',
  'space': ' ',
  'spaces-tabs-newlines': ' \t\r\n ',
  'trailing-newline': `${SECRET.kasko}\n`,
  'trailing-crlf': `${SECRET.kasko}\r\n`,
  'trailing-space': `${SECRET.kasko} `,
  'trailing-tab': `${SECRET.kasko}\t`,
  'leading-space': ` ${SECRET.kasko}`,
  'leading-newline': `\n${SECRET.kasko}`,
  'double-quoted': `"${SECRET.kasko}"`,
  'single-quoted': `'${SECRET.kasko}'`,
  'only-double-quotes': '""',
  'only-single-quotes': "''",
})) {
  for (const provider of ['kasko', 'mycover']) {
    refuse(`secret/${provider}-${label}`, { ...nothing, provider, secrets: [secret] }, 'invalid_secret')
  }
}
const secrets = (label, provider, list, why) => refuse(`secret/${label}`, { ...nothing, provider, secrets: list, why }, 'invalid_secret')
secrets('none', 'kasko', [], 'No secret verifies nothing.')
secrets('one-empty-among-good-ones', 'kasko', ['good', '', 'also-good'])
secrets('last-one-quoted', 'claimport', ['good', '"quoted"'])
secrets('empty-bytes', 'claimport', [Buffer.alloc(0)])
secrets('blank-bytes', 'claimport', [Buffer.from(' \n')])
secrets('bytes-with-a-trailing-newline', 'claimport', [Buffer.from('secret\n')])
secrets('half-a-surrogate-pair', 'claimport', [Buffer.from('736563eda080726574', 'hex')], 'Text that has no UTF-8, which some languages’ strings can hold.')
secrets('standard-webhooks-not-base64', 'standard-webhooks', ['whsec_not*base64'])
secrets('standard-webhooks-wrong-length', 'standard-webhooks', ['whsec_AAAAA'])
const standard = (label, secret, why) =>
  accept(`secret/standard-webhooks-${label}`, { ...from.standard('{}', { secret: PADDED }), secrets: [secret], why }, event('standard-webhooks', '{}', { type: '', id: from.MESSAGE }))
const PADDED = 'whsec_AAECAwQFBgcICQoLDA0ODw=='
standard('unpadded', PADDED.replace('==', ''), 'Base64 without its padding: the length says where it ends.')
standard('with-its-version', `v1,${PADDED}`, 'As Supabase shows it.')
standard('with-its-version-unpadded', `v1,${PADDED.replace('==', '')}`)
standard('without-its-prefix', PADDED.slice(6))
secrets('standard-webhooks-half-padded', 'standard-webhooks', [PADDED.slice(0, -1)])
secrets('standard-webhooks-loose-last-bits-unpadded', 'standard-webhooks', ['whsec_AAECAwQFBgcICQoLDA0ODx'])
secrets('standard-webhooks-version-alone', 'standard-webhooks', ['v1,AAECAwQFBgcICQoLDA0ODw=='], 'Not documented, so not guessed.')
secrets('standard-webhooks-private-key', 'standard-webhooks', ['whsk_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8='])
secrets('standard-webhooks-two-in-one', 'standard-webhooks', [`v1,${PADDED}|v1,${PADDED}`], 'Supabase documents this; the caller takes it apart.')
secrets('standard-webhooks-two-in-one-with-a-space', 'standard-webhooks', [`${PADDED} ${PADDED}`])
accept('secret/standard-webhooks-three-bytes', { ...from.standard('{}', { secret: 'whsec_MTIz' }), why: 'Weak, but what was given: a warning, not an error.' }, event('standard-webhooks', '{}', { type: '', id: from.MESSAGE }))
secrets('standard-webhooks-loose-last-bits', 'standard-webhooks', ['whsec_AAECAwQFBgcICQoLDA0ODx=='])
secrets('standard-webhooks-url-alphabet', 'standard-webhooks', ['whsec_-_-_AwQFBgcICQoLDA0ODw=='])
secrets('standard-webhooks-only-the-prefix', 'standard-webhooks', ['whsec_'], 'An empty key.')
secrets('standard-webhooks-space-inside', 'standard-webhooks', ['whsec_AAECAwQF BgcICQoLDA0ODw=='])
secrets('standard-webhooks-one-good-one-bad', 'standard-webhooks', [SECRET['standard-webhooks'], 'whsec_?'])

// Schemes. Each is this one with one thing wrong.
const signature = { header: 'X-Sig', algorithm: 'hmac-sha256', encoding: 'hex', content: '{body}' }
const GOOD = { name: 'sender', signature: [signature], event: { type: { pointer: '/type' } } }
const key = (encoding, list, label, why) =>
  refuse(`secret/key-${label}`, { ...nothing, scheme: { ...GOOD, key: { encoding } }, secrets: list, why }, 'invalid_secret')
key('hex', ['abc'], 'hex-odd-length')
key('hex', ['zz00'], 'hex-not-hex')
key('hex', ['0x00ff'], 'hex-with-0x')
key('hex', ['00 ff'], 'hex-with-a-space')
key('hex', ['é0é0'], 'hex-not-ascii')
key('base64', ['****'], 'base64-not-base64')
const KEYED = { ...GOOD, key: { encoding: 'base64' }, event: { type_required: false } }
accept(
  'secret/key-base64-wrong-length',
  { scheme: KEYED, secrets: ['AAA'], headers: [['X-Sig', hex('sha256', Buffer.alloc(2), '{}')]], body: '{}', why: 'Only the padding is missing.' },
  event('sender', '{}', { type: '' }),
)
key('base64', ['===='], 'base64-only-padding')

for (const [label, provider, why] of [
  ['another', 'other-sender', 'Its events would carry one name and be looked for under another.'],
  ['known', 'kasko', 'Neither is right: it would be asked for KASKO’s and verify another’s.'],
  ['upper-case', 'Sender'],
  ['longer', 'sender-2'],
  ['shorter', 'sende'],
  ['trailing-nul', 'sender\0'],
  ['empty', ''],
  ['secret', SECRET.kasko, reversed],
]) {
  refuse(`scheme/beside-another-name/${label}`, { ...nothing, provider, scheme: GOOD, secrets: [SECRET.kasko], why }, 'invalid_scheme')
}

function scheme(label, wrong, why) {
  refuse(`scheme/${label}`, { ...nothing, scheme: wrong, secrets: ['a-good-secret'], why }, 'invalid_scheme')
}
const part = (label, changes, why) => {
  const changed = { ...signature, ...changes }
  for (const name of Object.keys(changed)) if (changed[name] === undefined) delete changed[name]
  scheme(label, { ...GOOD, signature: [changed] }, why)
}
const without = (name) => Object.fromEntries(Object.entries(GOOD).filter(([key]) => key !== name))

// Options that would do nothing.
for (const [label, provider, tolerance] of [['kasko', 'kasko', 300], ['claimport', 'claimport', 0], ['mycover', 'mycover', 5_000_000_000], ['github', 'github', 1]]) {
  refuse(`tolerance/${label}`, { ...nothing, provider, secrets: ['a-good-secret'], tolerance, why: 'It signs no timestamp that a tolerance could be for.' }, 'invalid_scheme')
}
refuse('tolerance/of-a-scheme', { ...nothing, scheme: GOOD, secrets: ['a-good-secret'], tolerance: 300 }, 'invalid_scheme')

scheme('empty', {})
scheme('name-missing', without('name'))
for (const [label, name] of Object.entries({ empty: '', 'upper-case': 'Sender', space: 'my sender', dot: 'a.b', colon: 'a:b', 'leading-dash': '-a', number: 7, null: null, 'not-ascii': 'é', newline: 'a\n' })) {
  scheme(`name-${label}`, { ...GOOD, name })
}
scheme('signature-missing', without('signature'), 'It would accept anything.')
scheme('signature-empty-list', { ...GOOD, signature: [] })
scheme('signature-text', { ...GOOD, signature: 'X-Sig' })
scheme('signature-list-of-text', { ...GOOD, signature: ['X-Sig'] })
scheme('second-signature-wrong', { ...GOOD, signature: [signature, { ...signature, algorithm: 'md5' }] })
part('header-missing', { header: undefined })
part('header-empty', { header: '' })
part('header-empty-list', { header: [] })
part('header-empty-in-a-list', { header: ['X-Sig', ''] })
part('header-number', { header: 5 })
part('header-null', { header: null })
part('header-object', { header: { name: 'X-Sig' } })
part('algorithm-missing', { algorithm: undefined })
for (const algorithm of ['hmac-md5', 'md5', 'sha256', 'HMAC-SHA256', 'hmac-sha3-256', 'none', '', 'ed448']) part(`algorithm-${algorithm || 'empty'}`, { algorithm })
part('algorithm-of-a-header', { algorithm: { header: 'X-Algorithm' } }, 'A digest taken from the header’s own word is no protection.')
part('algorithm-list', { algorithm: ['hmac-sha1', 'hmac-sha256'] })
part('encoding-missing', { encoding: undefined })
for (const encoding of ['base32', 'HEX', 'binary', '']) part(`encoding-${encoding || 'empty'}`, { encoding })
part('content-missing', { content: undefined })
for (const [label, content] of Object.entries({ empty: '', literal: 'body', 'only-timestamp': '{timestamp}', 'body-in-another-case': '{BODY}', 'body-with-space': '{ body }', number: 1, list: ['{body}'] })) {
  part(`content-${label}`, { content }, label === 'literal' ? 'It does not cover the body.' : undefined)
}
part('content-timestamp-without-a-source', { content: '{timestamp}.{body}' })
part('content-id-without-a-source', { content: '{id}.{body}' })
scheme('timestamp-header-not-signed', { ...GOOD, timestamp: { header: 'X-At', unit: 'seconds', tolerance: 300 } }, 'A time that anybody could write says nothing.')
part('timestamp-key-not-signed', { layout: 'pairs', separator: ',', signature_key: 'v1', timestamp_key: 't' })
const timed = { ...GOOD, signature: [{ ...signature, content: '{timestamp}.{body}' }] }
const time = (label, timestamp) => scheme(`timestamp-${label}`, { ...timed, timestamp })
time('without-header', { unit: 'seconds' })
time('empty-header', { header: '', unit: 'seconds' })
time('unit-unknown', { header: 'X-At', unit: 'minutes' })
time('unit-number', { header: 'X-At', unit: 1 })
time('tolerance-text', { header: 'X-At', unit: 'seconds', tolerance: '300' })
time('tolerance-negative', { header: 'X-At', unit: 'seconds', tolerance: -1 })
time('unknown-key', { header: 'X-At', unit: 'seconds', tolerence: 300 })
time('text', 'X-At')
scheme('id-without-header', { ...GOOD, signature: [{ ...signature, content: '{id}.{body}' }], id: {} })
scheme('id-empty-header', { ...GOOD, signature: [{ ...signature, content: '{id}.{body}' }], id: { header: '' } })
for (const layout of ['dictionary', 'LIST', '']) part(`layout-${layout || 'empty'}`, { layout })
part('list-without-separator', { layout: 'list' })
part('list-separator-unknown', { layout: 'list', separator: '|' })
part('list-separator-empty', { layout: 'list', separator: '' })
part('list-separator-semicolon', { layout: 'list', separator: ';' }, 'A list is separated by spaces or commas.')
part('pairs-without-separator', { layout: 'pairs', signature_key: 'v1' })
part('pairs-separator-space', { layout: 'pairs', separator: ' ', signature_key: 'v1' }, 'Pairs are separated by commas or semicolons.')
part('pairs-without-signature-key', { layout: 'pairs', separator: ',' })
part('pairs-empty-signature-key', { layout: 'pairs', separator: ',', signature_key: '' })
part('pairs-empty-timestamp-key', { layout: 'pairs', separator: ',', signature_key: 'v1', timestamp_key: '', content: '{timestamp}.{body}' })
part('prefix-number', { prefix: 1 })
part('unknown-key-in-the-signature', { algoritm: 'hmac-sha256' }, 'A slip of the pen must not weaken a scheme in silence.')
scheme('unknown-key', { ...GOOD, signatures: [signature] })
scheme('unknown-key-in-the-event', { ...GOOD, event: { type: { pointer: '/type' }, created: { pointer: '/created' } } })
scheme('unknown-key-in-the-payload', { ...GOOD, payload: { fromat: 'json' } })
scheme('unknown-key-in-the-key', { ...GOOD, key: { encodign: 'hex' } })
scheme('key-encoding-unknown', { ...GOOD, key: { encoding: 'base58' } })
scheme('key-text', { ...GOOD, key: 'hex' })
scheme('payload-format-unknown', { ...GOOD, payload: { format: 'xml' } })
scheme('payload-signed-as-unknown', { ...GOOD, payload: { signed_as: 'python' } })
for (const [label, payload] of Object.entries({
  'accepts-nothing': { accepts: [] },
  'accepts-arrays-alone': { accepts: ['array'] },
  'accepts-only-nothing': { accepts: ['empty'] },
  'accepts-an-unknown-kind': { accepts: ['object', 'xml'] },
  'accepts-a-text': { accepts: 'object' },
  'accepts-kinds-of-bytes': { format: 'bytes', accepts: ['object'] },
  'form-field-empty': { form_field: '' },
  'form-field-with-an-equals-sign': { form_field: 'a=b' },
  'form-field-begins-with-a-digit': { form_field: '1' },
  'form-field-begins-like-json': { form_field: '{' },
  'form-field-not-ascii': { form_field: 'é' },
  'form-field-of-bytes': { format: 'bytes', form_field: 'payload' },
  'form-field-signed-as-ecmascript': { form_field: 'payload', signed_as: 'ecmascript' },
})) {
  scheme(`payload-${label}`, { ...GOOD, payload })
}
for (const field of ['type', 'id', 'created_at', 'data']) {
  const source = (label, value) => scheme(`${field}-${label}`, { ...GOOD, event: { type: { pointer: '/type' }, [field]: value } })
  source('pointer-without-slash', { pointer: field })
  source('pointer-dotted', { pointer: '$.type' })
  source('pointer-number', { pointer: 1 })
  source('pointer-tilde-unfinished', { pointer: '/a~2' })
  source('unknown-source', { path: '/type' })
  source('number', 7)
}
for (const unit of ['minutes', 'Seconds', '', 1]) scheme(`created-at-unit-${unit === '' ? 'empty' : unit}`, { ...GOOD, event: { type: { pointer: '/type' }, created_at: { pointer: '/at', unit } } })
for (const field of ['type', 'id', 'data']) scheme(`unit-of-${field}`, { ...GOOD, event: { type: { pointer: '/type' }, [field]: { pointer: '/at', unit: 'seconds' } } })
scheme('type-header-empty', { ...GOOD, event: { type: { header: '' } } })
scheme('type-required-text', { ...GOOD, event: { type: { pointer: '/type' }, type_required: 'yes' } })
scheme('test-pointer-without-slash', { ...GOOD, event: { type: { pointer: '/type' }, test: { pointer: 'livemode', equals: false } } })
scheme('test-unknown-key', { ...GOOD, event: { type: { pointer: '/type' }, test: { pointer: '/livemode', equal: false } } })
