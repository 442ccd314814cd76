import { NOW, hex, hmac, suite } from './kit.mjs'
import * as from from './providers.mjs'
import { DELIVERY, SECRET, also, cgi, change, drop, event, rename } from './providers.mjs'

const { accept, refuse, ...group } = suite(
  'headers',
  'How headers are found by name, and that their values are taken as they stand: no trimming, no guessing.',
)
export default group

const BODY = '{"id":"evt_1","type":"claim.created","event":"claim.created","livemode":true,"data":{}}'
const KASKO = from.kasko(BODY)
const SIGNATURE = KASKO.headers.find(([name]) => name === 'X-KASKO-Signature')[1]
const DIGEST = SIGNATURE.slice(5)
const kasko = (more) => event('kasko', BODY, { type: 'policy.created', id: DELIVERY, ...more })
const claimport = event('claimport', BODY, { type: 'claim.created', id: 'evt_1' })
const SIGNED = 'X-KASKO-Signature'

// Names.
accept('name-lower-case', rename(KASKO, (name) => name.toLowerCase()), kasko())
accept('name-upper-case', rename(KASKO, (name) => name.toUpperCase()), kasko())
accept('name-mixed-case', rename(KASKO, (name) => [...name].map((c, at) => (at % 2 ? c.toUpperCase() : c.toLowerCase())).join('')), kasko())
accept('name-cgi', { ...rename(KASKO, cgi), why: 'As PHP and WSGI give them: HTTP_, upper case, underscores.' }, kasko())
accept('name-cgi-coverkit', rename(from.coverkit(BODY), cgi), event('coverkit', BODY, { type: 'claim.created', id: 'evt_1' }))
accept('name-cgi-mycover', rename(from.mycover(BODY), cgi), event('mycover', BODY, { type: 'claim.created' }))
accept('name-cgi-claimport', rename(from.claimport(BODY), cgi), claimport)
accept('name-cgi-standard-webhooks', rename(from.standard(BODY), cgi), event('standard-webhooks', BODY, { type: 'claim.created', id: from.MESSAGE }))
accept('name-cgi-github', rename(from.github(BODY), cgi), event('github', BODY, { type: 'push', id: '72d3162e-cc78-11e3-81ab-4c9367dc0958' }))
accept('name-cgi-beside-plain', also(KASKO, [cgi(SIGNED), SIGNATURE]), kasko())

const kelvin = '\u212a'
const NOT_THE_NAME = {
  'underscores-without-http': ['X_KASKO_Signature', 'Not a CGI name, and not the header.'],
  'http-with-dashes': ['HTTP-X-KASKO-SIGNATURE'],
  'without-x': ['KASKO-Signature'],
  'trailing-space': ['X-KASKO-Signature '],
  'trailing-colon': ['X-KASKO-Signature:'],
  'trailing-nul': ['X-KASKO-Signature\0'],
  'longer': ['X-KASKO-Signature-256'],
  'kelvin-sign': [`X-${kelvin}AS${kelvin}O-Signature`, 'Names are compared as ASCII: U+212A is not k, although Unicode lower-cases it to one.'],
  'long-s': ['X-KA\u017fKO-\u017fignature', 'Nor is U+017F an s.'],
  'full-width': ['Ｘ-KASKO-Signature'],
}
for (const [label, [name, why]] of Object.entries(NOT_THE_NAME)) {
  refuse(`not-the-name/${label}`, { ...rename(KASKO, (given) => (given === SIGNED ? name : given)), why }, 'missing_header')
}

// Twice.
accept('twice-the-same', also(KASKO, [SIGNED, SIGNATURE]), kasko())
accept('twice-the-same-under-two-spellings', also(KASKO, ['x-kasko-signature', SIGNATURE], ['X-KASKO-SIGNATURE', SIGNATURE]), kasko())
accept('type-twice-the-same', also(KASKO, ['x-kasko-event', 'policy.created']), kasko())
accept('other-header-twice-with-different-values', also(KASKO, ['X-Forwarded-For', '10.0.0.1'], ['X-Forwarded-For', '10.0.0.2']), kasko())
accept('aliases-with-the-same-values', also(from.standard(BODY), ...from.standard(BODY, { brand: 'svix' }).headers), event('standard-webhooks', BODY, { type: 'claim.created', id: from.MESSAGE }))

const forged = `sha1=${'0'.repeat(40)}`
const TWICE = {
  'genuine-first': also(KASKO, [SIGNED, forged]),
  'genuine-last': also(drop(KASKO, SIGNED), [SIGNED, forged], [SIGNED, SIGNATURE]),
  'other-spelling': also(KASKO, ['x-kasko-signature', forged]),
  'cgi-spelling': also(KASKO, [cgi(SIGNED), forged]),
  'digest-in-upper-case': { ...also(KASKO, [SIGNED, `sha1=${DIGEST.toUpperCase()}`]), why: 'The values differ, whatever they mean.' },
  'empty-beside-genuine': also(KASKO, [SIGNED, '']),
  'third-differs': also(KASKO, [SIGNED, SIGNATURE], [SIGNED, forged]),
  'type': also(KASKO, ['X-KASKO-Event', 'policy.cancelled']),
  'id': also(KASKO, ['X-KASKO-Delivery', 'another']),
}
for (const [label, fields] of Object.entries(TWICE)) refuse(`conflict/${label}`, fields, 'malformed_header')
refuse('conflict/standard-webhooks-id', also(from.standard(BODY), ['webhook-id', 'msg_other']), 'malformed_header')
refuse('conflict/standard-webhooks-timestamp', also(from.standard(BODY), ['Webhook-Timestamp', String(NOW + 1)]), 'malformed_header')
refuse('conflict/stripe-signature', also(from.stripe(BODY), ['stripe-signature', `t=${NOW},v1=${'0'.repeat(64)}`]), 'malformed_header')

// Joined on the way, as Node and many proxies do with a header that comes twice.
const joined = (label, fields, header, value, expected) => {
  const given = change(fields, header, () => value)
  if (typeof expected === 'string') refuse(`joined/${label}`, given, expected)
  else accept(`joined/${label}`, given, expected)
}
joined('type', KASKO, 'X-KASKO-Event', 'policy.created, policy.created', kasko())
joined('type-three-times', KASKO, 'X-KASKO-Event', 'policy.created, policy.created, policy.created', kasko())
joined('type-without-a-space', KASKO, 'X-KASKO-Event', 'policy.created,policy.created', kasko())
joined('type-differs', KASKO, 'X-KASKO-Event', 'policy.created, policy.cancelled', 'malformed_header')
joined('type-third-differs', KASKO, 'X-KASKO-Event', 'policy.created, policy.created, policy.updated', 'malformed_header')
joined('type-and-nothing', KASKO, 'X-KASKO-Event', 'policy.created, ', 'malformed_header')
joined('type-without-a-space-differs', KASKO, 'X-KASKO-Event', 'policy.created,policy.updated', 'malformed_header')
joined('id', KASKO, 'X-KASKO-Delivery', `${DELIVERY}, ${DELIVERY}`, kasko())
joined('id-differs', KASKO, 'X-KASKO-Delivery', `${DELIVERY}, another`, 'malformed_header')
const STANDARD = from.standard(BODY)
const standardSays = event('standard-webhooks', BODY, { type: 'claim.created', id: from.MESSAGE })
joined('signed-id', STANDARD, 'webhook-id', `${from.MESSAGE}, ${from.MESSAGE}`, standardSays)
joined('signed-id-differs', STANDARD, 'webhook-id', `${from.MESSAGE}, other`, 'malformed_header')
joined('signed-timestamp', STANDARD, 'webhook-timestamp', `${NOW}, ${NOW}`, standardSays)
joined('signed-timestamp-differs', STANDARD, 'webhook-timestamp', `${NOW}, ${NOW - 1}`, 'malformed_header')
joined('signature-differs', KASKO, SIGNED, `${SIGNATURE}, ${forged}`, 'malformed_header')
joined('github-type', from.github(BODY), 'X-GitHub-Event', 'push, push', event('github', BODY, { type: 'push', id: '72d3162e-cc78-11e3-81ab-4c9367dc0958' }))
joined('github-type-differs', from.github(BODY), 'X-GitHub-Event', 'push, ping', 'malformed_header')
refuse('not-the-name/underscores-everywhere', { ...rename(KASKO, (name) => name.replaceAll('-', '_').toLowerCase()), why: 'As WordPress writes names: the message says so.' }, 'missing_header')
for (const [label, value] of Object.entries({ undefined: 'undefined', null: 'null', None: 'None', object: '[object Object]' })) {
  refuse(`value/word-for-nothing-${label}`, change(KASKO, SIGNED, () => value), 'malformed_header')
}

// Values.
accept('digest-in-upper-case', change(KASKO, SIGNED, () => `sha1=${DIGEST.toUpperCase()}`), kasko())
accept('digest-in-mixed-case', change(KASKO, SIGNED, () => `sha1=${DIGEST.slice(0, 20).toUpperCase()}${DIGEST.slice(20)}`), kasko())
accept('coverkit-prefixed-upper-case', change(from.coverkit(BODY, { form: 'prefixed' }), 'coverkit-signature', (value) => `sha256=${value.slice(7).toUpperCase()}`), event('coverkit', BODY, { type: 'claim.created', id: 'evt_1' }))
accept('fifty-other-headers', { ...KASKO, headers: [...[...Array(50).keys()].map((at) => [`X-Other-${at}`, `value ${at}`]), ...KASKO.headers] }, kasko())
const ODD = [
  ['', 'no name'],
  ['X-Empty', ''],
  ['X-Nul', 'a\0b'],
  ['X-Latin', 'Zoë\u00ff'],
  ['X-Grüße', '🙂'],
  ['X-Lines', 'a\r\nX-KASKO-Signature: sha1=0'],
]
accept('other-headers-of-any-kind', { ...also(KASKO, ...ODD), why: 'What the scheme does not read is nobody’s business.' }, kasko())

const shifted = (digit) => String.fromCharCode(digit.charCodeAt(0) + 0x100)
const last = DIGEST.slice(0, -1)
const VALUES = {
  'leading-space': [` ${SIGNATURE}`],
  'trailing-space': [`${SIGNATURE} `],
  'leading-tab': [`\t${SIGNATURE}`],
  'trailing-newline': [`${SIGNATURE}\n`],
  'trailing-crlf': [`${SIGNATURE}\r\n`],
  'space-after-prefix': [`sha1= ${DIGEST}`],
  'space-before-equals': [`sha1 =${DIGEST}`],
  'space-inside': [`sha1=${DIGEST.slice(0, 20)} ${DIGEST.slice(20)}`],
  'only-spaces': ['   '],
  'no-break-space': [`\u00a0${SIGNATURE}`],
  'byte-order-mark': [`\ufeff${SIGNATURE}`],
  'quoted': [`"${SIGNATURE}"`],
  'quoted-digest': [`sha1="${DIGEST}"`],
  'trailing-comma': [`${SIGNATURE},`],
  'trailing-semicolon': [`${SIGNATURE};`],
  'joined-with-itself': [`${SIGNATURE}, ${SIGNATURE}`, 'A proxy may join two headers; this scheme has no lists.'],
  'prefix-missing': [DIGEST],
  'prefix-upper-case': [`SHA1=${DIGEST}`, 'The prefix is the documented text.'],
  'prefix-twice': [`sha1=sha1=${DIGEST}`],
  'prefix-of-another-algorithm': [`sha256=${DIGEST}`, 'The algorithm comes from the scheme, never from the header.'],
  'prefix-and-digest-of-another-algorithm': [`sha256=${hex('sha256', SECRET.kasko, BODY)}`, 'Although it is a genuine SHA-256 of the body.'],
  'prefix-with-colon': [`sha1:${DIGEST}`],
  'prefix-percent-encoded': [`sha1%3D${DIGEST}`],
  'digest-of-another-algorithm': [`sha1=${hex('sha256', SECRET.kasko, BODY)}`],
  'digest-in-base64': [`sha1=${hmac('sha1', SECRET.kasko, BODY).toString('base64')}`],
  'digest-with-0x': [`sha1=0x${DIGEST.slice(2)}`],
  'digest-with-colons': [`sha1=${DIGEST.match(/../g).join(':')}`],
  'digest-twice': [`sha1=${DIGEST}${DIGEST}`],
  'digest-one-byte-short': [`sha1=${DIGEST.slice(2)}`],
  'digest-odd-length': [`sha1=${DIGEST}0`],
  'digest-with-sign': [`sha1=+${DIGEST.slice(1)}`],
  'nul-at-the-end': [`${SIGNATURE}\0`],
  'nul-in-front': [`\0${SIGNATURE}`],
  'nul-inside': [`sha1=${last}\0`],
  'nul-and-more': [`${SIGNATURE}\0garbage`, 'A header has a length; a NUL does not end it.'],
  'shifted-last-digit': [`sha1=${last}${shifted(DIGEST.at(-1))}`, 'U+0100 above the genuine digit: whoever keeps only the low byte lets it pass.'],
  'shifted-every-digit': [`sha1=${[...DIGEST].map(shifted).join('')}`],
  'shifted-prefix': [`${shifted('s')}ha1=${DIGEST}`],
  'full-width-digit': [`sha1=${last}${String.fromCharCode(DIGEST.charCodeAt(39) + 0xfee0)}`],
  'latin-1-letter': [`sha1=${last}\u00e9`],
  'utf-8-letters': [`sha1=é${DIGEST.slice(2)}`, 'As many bytes as a digest has in UTF-8.'],
  'emoji': ['🔑'],
  'very-long-digest': [`sha1=${'a'.repeat(8000)}`],
  'very-long-prefixes': ['sha1='.repeat(1000)],
  'thousands-of-commas': [','.repeat(4000)],
}
for (const [label, [value, why]] of Object.entries(VALUES)) {
  refuse(`value/${label}`, { ...change(KASKO, SIGNED, () => value), why }, 'malformed_header')
}
const MYCOVER = from.mycover(BODY)
refuse('value/mycover-has-no-prefix', change(MYCOVER, 'x-mycoverai-signature', (value) => `sha512=${value}`), 'malformed_header')
refuse('value/mycover-sha256-digest', change(MYCOVER, 'x-mycoverai-signature', () => hex('sha256', SECRET.mycover, BODY)), 'malformed_header')
refuse('value/claimport-sha1-digest', change(from.claimport(BODY), 'X-ClaimPort-Signature', () => `sha256=${hex('sha1', SECRET.claimport, BODY)}`), 'malformed_header')
refuse('value/claimport-sha512-digest', change(from.claimport(BODY), 'X-ClaimPort-Signature', () => `sha256=${hex('sha512', SECRET.claimport, BODY)}`), 'malformed_header')
refuse('value/claimport-prefix-missing', change(from.claimport(BODY), 'X-ClaimPort-Signature', (value) => value.slice(7)), 'malformed_header')
for (const [label, value] of Object.entries({
  'prefix-in-upper-case': `SHA256=${hex('sha256', SECRET.coverkit, BODY)}`,
  'sha1-digest': hex('sha1', SECRET.coverkit, BODY),
  'prefixed-sha512-digest': `sha256=${hex('sha512', SECRET.coverkit, BODY)}`,
  'list-of-two': `${hex('sha256', SECRET.coverkit, BODY)},${hex('sha256', SECRET.coverkit, BODY)}`,
})) {
  refuse(`value/coverkit-${label}`, change(from.coverkit(BODY), 'coverkit-signature', () => value), 'malformed_header')
}

// Absent, empty, and which is told first.
for (const [label, fields] of Object.entries({
  'coverkit': drop(from.coverkit(BODY), 'coverkit-signature'),
  'mycover': drop(MYCOVER, 'x-mycoverai-signature'),
  'claimport': drop(from.claimport(BODY), 'X-ClaimPort-Signature'),
  'stripe': drop(from.stripe(BODY), 'Stripe-Signature'),
  'github': drop(from.github(BODY), 'X-Hub-Signature-256'),
  'standard-webhooks-id': drop(from.standard(BODY), 'webhook-id'),
  'standard-webhooks-timestamp': drop(from.standard(BODY), 'webhook-timestamp'),
  'standard-webhooks-signature': drop(from.standard(BODY), 'webhook-signature'),
  'kasko-event': from.kasko(BODY, { type: null }),
  'all': { ...KASKO, headers: [] },
})) {
  refuse(`absent/${label}`, fields, 'missing_header')
}
refuse('absent/signature-of-another-provider', { ...from.claimport(BODY), provider: 'kasko', secrets: [SECRET.kasko] }, 'missing_header')
refuse('absent/github-sha1-alone', { ...change(rename(from.github(BODY), (name) => name.replace('-256', '')), 'X-Hub-Signature', () => `sha1=${hex('sha1', SECRET.github, BODY)}`), why: 'GitHub’s old header is not read.' }, 'missing_header')
refuse('absent/kasko-event-on-a-forged-delivery', { ...change(from.kasko(BODY, { type: null }), SIGNED, () => forged), why: 'Headers are looked for before the signature is.' }, 'missing_header')
refuse('absent/kasko-event-before-a-malformed-signature', { ...change(from.kasko(BODY, { type: null }), SIGNED, () => 'sha1=zz'), why: 'Absent comes before malformed.' }, 'missing_header')
refuse('absent/standard-webhooks-timestamp-before-a-malformed-signature', change(drop(from.standard(BODY), 'webhook-timestamp'), 'webhook-signature', () => 'v1,zz'), 'missing_header')
refuse('empty/kasko-event', from.kasko(BODY, { type: '' }), 'malformed_header')
for (const header of ['webhook-id', 'webhook-timestamp', 'webhook-signature']) {
  refuse(`empty/standard-webhooks-${header.slice(8)}`, change(from.standard(BODY), header, () => ''), 'malformed_header')
}
refuse('empty/github-signature', change(from.github(BODY), 'X-Hub-Signature-256', () => ''), 'malformed_header')
refuse('empty/stripe-signature', change(from.stripe(BODY), 'Stripe-Signature', () => ''), 'malformed_header')
accept('kasko-without-delivery', from.kasko(BODY, { id: null }), kasko({ id: null }))
accept('kasko-empty-delivery', { ...from.kasko(BODY, { id: '' }), why: 'An empty id is none.' }, kasko({ id: null }))
accept('kasko-unknown-type', from.kasko(BODY, { type: 'policy.something_new' }), kasko({ type: 'policy.something_new' }))
accept('github-old-signature-beside', also(from.github(BODY), ['X-Hub-Signature', 'sha1=wrong']), event('github', BODY, { type: 'push', id: '72d3162e-cc78-11e3-81ab-4c9367dc0958' }))
