import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto'

import { NOW, suite } from './kit.mjs'
import * as made from './keys-made.mjs'
import * as from from './providers.mjs'
import { SECRET, change, event } from './providers.mjs'

const { accept, refuse, ...group } = suite(
  'keys',
  'Signatures of a private key, and the public key in each way of writing it; of what is no such key, nothing is guessed.',
)
export default group

const { BODY } = made
const SAYS = { type: 'policy.created', id: 'evt_1', data: { n: 1 } }
const fields = { type: { pointer: '/type' }, id: { pointer: '/id' }, data: { pointer: '/data' } }
const base64 = (bytes) => Buffer.from(bytes).toString('base64')
const base64url = (bytes) => Buffer.from(bytes).toString('base64url')

// The keys of RFC 8032's first two tests.
const pair = (seed) => {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.from(seed, 'hex')])
  const secret = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const spki = createPublicKey(secret).export({ format: 'der', type: 'spki' })
  const pem = createPublicKey(secret).export({ format: 'pem', type: 'spki' })
  return { der, raw: spki.subarray(-32), spki, pem, sign: (...parts) => sign(null, Buffer.concat(parts.map((part) => Buffer.from(part))), secret) }
}
const first = pair('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60')
const second = pair('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb')
const whpk = (keys) => `whpk_${base64(keys.raw)}`
const okp = (keys, more) => JSON.stringify({ kty: 'OKP', crv: 'Ed25519', x: base64url(keys.raw), ...more })

// Standard Webhooks: v1 with a shared secret, v1a with a public key.
const stamped = `${from.MESSAGE}.${NOW}.`
const v1 = `v1,${from.standardDigest(BODY)}`
const wrongV1 = `v1,${from.standardDigest(BODY, { secret: 'whsec_AAECAwQFBgcICQoLDA0ODw==' })}`
const v1a = `v1a,${base64(first.sign(stamped, BODY))}`
const otherV1a = `v1a,${base64(second.sign(stamped, BODY))}`
const wrongV1a = `v1a,${base64(first.sign(stamped, BODY, ' '))}`
const standard = (value, secrets, why) => ({ ...change(from.standard(BODY), 'webhook-signature', () => value), secrets, why })
const standardSays = (key_index = 0) => event('standard-webhooks', BODY, { type: 'policy.created', id: from.MESSAGE, data: { n: 1 }, key_index })
const secret = SECRET['standard-webhooks']
for (const [label, value, secrets, index, why] of [
  ['v1a', v1a, [whpk(first)], 0],
  ['v1a-among-others', `${wrongV1a} ${v1} v2,AAAA ${v1a}`, [whpk(first)], 0],
  ['v1a-behind-its-version', v1a, [`v1a,${whpk(first)}`], 0, 'The version before the key, as before a secret.'],
  ['v1a-second-key', otherV1a, [whpk(first), whpk(second)], 1],
  ['v1a-of-both', `${wrongV1a} ${otherV1a} ${v1a}`, [whpk(first), whpk(second)], 0],
  ['v1a-pem', v1a, [first.pem], 0],
  ['v1a-jwk', v1a, [okp(first)], 0],
  ['v1a-eight-signatures', `${`${wrongV1a} `.repeat(7)}${v1a}`, [whpk(first)], 0],
  ['v1-with-both-kinds', v1, [whpk(first), secret], 1],
  ['v1a-with-both-kinds', v1a, [secret, whpk(first)], 1],
  ['both-versions-with-both-kinds', `${v1a} ${v1}`, [whpk(first), secret], 1, 'The scheme’s first form counts first.'],
  ['v1a-beside-a-wrong-v1', `${wrongV1} ${v1a}`, [secret, whpk(first)], 1, 'One right signature is enough.'],
  ['v1-beside-a-wrong-v1a', `${wrongV1a} ${v1}`, [secret, whpk(first)], 0],
]) {
  accept(`standard-webhooks/${label}`, standard(value, secrets, why), standardSays(index))
}
accept('standard-webhooks/v1a-svix-names', { ...from.rename(standard(v1a, [whpk(first)]), (name) => name.replace('webhook', 'svix')) }, standardSays())
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n
const malleable = Buffer.from(v1a.slice(4), 'base64')
let number = BigInt(`0x${Buffer.from(malleable.subarray(32)).reverse().toString('hex')}`) + ORDER
for (let at = 32; at < 64; at++, number >>= 8n) malleable[at] = Number(number & 255n)
for (const [label, value, secrets, error, why] of [
  ['v1a-of-another-body', wrongV1a, [whpk(first)], 'signature_mismatch'],
  ['v1a-of-another-key', otherV1a, [whpk(first)], 'signature_mismatch'],
  ['v1a-malleable', `v1a,${base64(malleable)}`, [whpk(first)], 'signature_mismatch', 'The same signature with its second number out of range.'],
  ['v1-with-a-public-key', v1, [whpk(first)], 'malformed_header', 'Only what a key is given for counts.'],
  ['v1a-with-a-secret', v1a, [secret], 'malformed_header'],
  ['v1-by-the-public-key', `v1,${base64(createHash('sha256').update(first.raw).digest())}`, [whpk(first)], 'malformed_header'],
  ['both-wrong-with-both-kinds', `${wrongV1} ${wrongV1a}`, [secret, whpk(first)], 'signature_mismatch'],
  ['v1a-hex', `v1a,${first.sign(stamped, BODY).toString('hex')}`, [whpk(first)], 'malformed_header'],
  ['v1a-of-32-bytes', `v1a,${from.standardDigest(BODY)}`, [whpk(first)], 'malformed_header'],
  ['v1a-nine-signatures', `${`${wrongV1a} `.repeat(8)}${v1a}`, [whpk(first)], 'malformed_header', 'Each costs time: more than eight are not looked at.'],
]) {
  refuse(`standard-webhooks/${label}`, standard(value, secrets, why), error)
}
refuse('standard-webhooks/v1a-too-old', { ...standard(v1a, [whpk(first)]), now: NOW + 301 }, 'timestamp_out_of_tolerance')
refuse('standard-webhooks/v1a-time-moved', change(standard(v1a, [whpk(first)]), 'webhook-timestamp', () => String(NOW + 1)), 'signature_mismatch')

// As Discord signs: the time and the body, in hexadecimal.
const stamp = { header: 'X-Signature-Timestamp', unit: 'seconds' }
const discord = { name: 'discord', signature: { header: 'X-Signature-Ed25519', algorithm: 'ed25519', encoding: 'hex', content: '{timestamp}{body}' }, timestamp: stamp, event: fields }
const delivery = (scheme, headers, secrets, more) => ({ scheme, secrets, headers, body: BODY, now: NOW, ...more })
const sent = (secrets, signature = first.sign(String(NOW), BODY).toString('hex'), scheme = discord) =>
  delivery(scheme, [['X-Signature-Ed25519', signature], ['X-Signature-Timestamp', String(NOW)]], secrets)
const says = (scheme, more) => event(scheme.name, BODY, { ...SAYS, ...more })
for (const [label, key] of Object.entries({
  'hex': first.raw.toString('hex'),
  'hex-upper-case': first.raw.toString('hex').toUpperCase(),
  'base64': base64(first.raw),
  'base64-unpadded': base64(first.raw).replace('=', ''),
  'whpk': whpk(first),
  'pem': first.pem,
  'pem-without-final-newline': first.pem.trim(),
  'pem-crlf': first.pem.replaceAll('\n', '\r\n'),
  'der': base64(first.spki),
  'jwk': okp(first),
  'jwk-with-its-purpose': okp(first, { alg: 'EdDSA', use: 'sig', key_ops: ['verify'], kid: 'a' }),
})) {
  accept(`ed25519/${label}`, sent([key]), says(discord))
}
refuse('ed25519/forged', sent([first.raw.toString('hex')], second.sign(String(NOW), BODY).toString('hex')), 'signature_mismatch')
refuse('ed25519/zeros', sent([first.raw.toString('hex')], '0'.repeat(128)), 'signature_mismatch')

const unusable = (label, scheme, secrets, why) => refuse(`unusable/${label}`, { ...(scheme === undefined ? { provider: 'standard-webhooks' } : { scheme }), secrets, headers: [], body: '{}', why }, 'invalid_secret')
const tampered = (pem) => pem.replace('-----END', '!-----END')
for (const [label, key, why] of [
  ['shared-secret', 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD', 'Another kind of key.'],
  ['any-text', 'a secret of some kind'],
  ['31-bytes', base64(first.raw.subarray(1))],
  ['33-bytes', base64(Buffer.concat([first.raw, Buffer.alloc(1)]))],
  ['no-point', `whpk_${base64(Buffer.from(`02${'0'.repeat(62)}`, 'hex'))}`],
  ['small-order', '0'.repeat(64), 'One signature by it fits many messages.'],
  ['identity', `01${'0'.repeat(62)}`],
  ['private-pem', createPrivateKey({ key: first.der, format: 'der', type: 'pkcs8' }).export({ format: 'pem', type: 'pkcs8' }), 'Only the sender should have it.'],
  ['private-der', base64(first.der)],
  ['private-jwk', okp(first, { d: base64url(first.der.subarray(-32)) })],
  ['private-whsk', `whsk_${base64(first.der.subarray(-32))}`],
  ['rsa-pem', made.rsaPem, 'A key of another algorithm.'],
  ['ec-pem', made.ecPem],
  ['two-pems', first.pem + second.pem],
  ['pem-escaped', first.pem.replaceAll('\n', '\\n')],
  ['pem-cut', first.pem.slice(0, 60)],
  ['pem-tampered', tampered(first.pem)],
  ['pem-with-text-before', `key:\n${first.pem}`],
  ['pem-of-nothing', first.pem.replaceAll('PUBLIC KEY', 'CERTIFICATE REQUEST')],
  ['der-with-a-byte-more', base64(Buffer.concat([first.spki, Buffer.alloc(1)]))],
  ['jwk-of-another-curve', okp(first, { crv: 'X25519' })],
  ['jwk-of-another-type', okp(first, { kty: 'EC' })],
  ['jwk-of-another-algorithm', okp(first, { alg: 'ES256' })],
  ['jwk-for-encryption', okp(first, { use: 'enc' })],
  ['jwk-that-may-not-verify', okp(first, { key_ops: ['sign'] })],
  ['jwk-shared', '{"kty":"oct","k":"AAECAwQFBgcICQoLDA0ODw"}'],
  ['jwk-padded', okp(first).replace('"}', '="}')],
  ['jwk-twice', okp(first).replace('{', '{"kty":"OKP",')],
  ['jwk-set', `{"keys":[${okp(first, { kid: 'a' })}]}`, 'No header says which of them it is.'],
  ['nine-keys', null],
]) {
  unusable(`ed25519-${label}`, discord, key === null ? Array(9).fill(whpk(first)) : [key], why)
}
unusable('ed25519-bytes', discord, [first.raw], 'Not text.')
const hmac = { name: 'own', signature: { header: 'X-Signature', algorithm: 'hmac-sha256', encoding: 'hex', content: '{body}' }, event: fields }
for (const [label, key] of Object.entries({
  'whpk': whpk(first),
  'whsk': `whsk_${base64(first.raw)}`,
  'pem': first.pem,
  'jwk': okp(first),
  'jwk-set': `{"keys":[${okp(first)}]}`,
  'der': base64(first.spki),
  'rsa-der': made.rsaPem.replace(/-.*-|\n/g, ''),
  'certificate': made.certificate,
})) {
  unusable(`hmac-${label}`, hmac, [key], 'What everybody may know is no secret.')
}
unusable('standard-webhooks-small-order', undefined, [`whpk_${base64(Buffer.alloc(32))}`])
unusable('standard-webhooks-private-key', undefined, [`whsk_${base64(first.der.subarray(-32))}`])
unusable('standard-webhooks-rsa-pem', undefined, [made.rsaPem])

// As SendGrid signs: ECDSA in DER.
const sendgrid = { name: 'sendgrid', signature: { header: 'X-Signature', algorithm: 'ecdsa-p256-sha256-der', encoding: 'base64', content: '{timestamp}{body}' }, timestamp: { header: 'X-Timestamp', unit: 'seconds' }, event: fields }
const raw = { ...sendgrid, name: 'raw', signature: { ...sendgrid.signature, algorithm: 'ecdsa-p256-sha256' } }
const ecdsa = (scheme, signature, key) => delivery(scheme, [['X-Signature', signature], ['X-Timestamp', String(NOW)]], [key])
for (const [label, key] of Object.entries({
  'pem': made.ecPem,
  'der': made.ecPem.replace(/-.*-|\n/g, ''),
  'point': made.ecPoint,
  'point-base64': base64(Buffer.from(made.ecPoint, 'hex')),
  'jwk': JSON.stringify({ ...made.ecJwk, alg: 'ES256', use: 'sig' }),
})) {
  accept(`ecdsa/der-${label}`, ecdsa(sendgrid, made.ecdsaDer, key), says(sendgrid))
  accept(`ecdsa/raw-${label}`, ecdsa(raw, made.ecdsaRaw, key), says(raw))
}
accept('ecdsa/der-high', { ...ecdsa(sendgrid, made.ecdsaDerHigh, made.ecPem), why: 'Senders make either of the two signatures that fit.' }, says(sendgrid))
const der = Buffer.from(made.ecdsaDer, 'base64')
for (const [label, scheme, signature, error, why] of [
  ['der-with-a-byte-more', sendgrid, base64(Buffer.concat([der, Buffer.alloc(1)])), 'signature_mismatch'],
  ['der-long-length', sendgrid, base64(Buffer.concat([Buffer.from([0x30, 0x81]), der.subarray(1)])), 'signature_mismatch', 'DER has one way of writing a length.'],
  ['der-cut', sendgrid, base64(der.subarray(0, -1)), 'signature_mismatch'],
  ['der-zeros', sendgrid, base64(Buffer.from('3006020100020100', 'hex')), 'signature_mismatch'],
  ['raw-zeros', raw, base64(Buffer.alloc(64)), 'signature_mismatch'],
  ['raw-in-the-der-scheme', sendgrid, made.ecdsaRaw, 'signature_mismatch', 'The scheme says which it is.'],
  ['der-in-the-raw-scheme', raw, made.ecdsaDer, 'malformed_header'],
  ['hex', raw, Buffer.from(made.ecdsaRaw, 'base64').toString('hex'), 'malformed_header'],
]) {
  refuse(`ecdsa/${label}`, { ...ecdsa(scheme, signature, made.ecPem), why }, error)
}
const off = Buffer.from(made.ecPoint, 'hex')
off[64] ^= 1
for (const [label, key, why] of [
  ['off-curve', off.toString('hex')],
  ['infinity', '00'],
  ['ed25519-pem', first.pem],
  ['short-coordinate', JSON.stringify({ ...made.ecJwk, x: made.ecJwk.x.slice(0, 40) })],
]) {
  unusable(`ecdsa-${label}`, sendgrid, [key], why)
}

// RSA.
const rsa = (name, more) => ({ name, signature: { header: 'X-Signature', algorithm: name, encoding: 'base64', content: '{body}' }, event: fields, ...more })
const signed = (name, signature, keys, headers = [], more = {}) => delivery(rsa(name, more), [['X-Signature', signature], ...headers], keys)
for (const [name, signature] of Object.entries({
  'rsa-pkcs1-sha256': made.pkcs1Sha256,
  'rsa-pkcs1-sha512': made.pkcs1Sha512,
  'rsa-pss-sha256': made.pssSha256,
  'rsa-pss-sha512': made.pssSha512,
})) {
  accept(`rsa/${name}`, signed(name, signature, [made.rsaPem]), says({ name }))
  refuse(`rsa/${name}-of-another-key`, signed(name, signature, [made.otherPem]), 'signature_mismatch')
}
const pkcs1 = (keys, signature = made.pkcs1Sha256) => signed('rsa-pkcs1-sha256', signature, keys)
const rsaSays = says({ name: 'rsa-pkcs1-sha256' })
accept('rsa/pkcs1-pem', pkcs1([made.rsaPkcs1Pem]), rsaSays)
accept('rsa/der', pkcs1([made.rsaPem.replace(/-.*-|\n/g, '')]), rsaSays)
accept('rsa/certificate', { ...pkcs1([made.certificate]), why: 'A pinned key: its expiry and issuer are not looked at.' }, rsaSays)
accept('rsa/jwk', pkcs1([JSON.stringify({ ...made.rsaJwk, alg: 'RS256' })]), rsaSays)
accept('rsa/rotation', pkcs1([made.otherPem, made.rsaPem]), says({ name: 'rsa-pkcs1-sha256' }, { key_index: 1 }))
for (const [label, name, signature, error, why] of [
  ['other-hash', 'rsa-pkcs1-sha256', made.pkcs1Sha512, 'signature_mismatch'],
  ['pss-as-pkcs1', 'rsa-pkcs1-sha256', made.pssSha256, 'signature_mismatch'],
  ['pkcs1-as-pss', 'rsa-pss-sha256', made.pkcs1Sha256, 'signature_mismatch'],
  ['short-salt', 'rsa-pss-sha256', made.pssShortSalt, 'signature_mismatch', 'The salt is as long as the hash.'],
  ['cut', 'rsa-pkcs1-sha256', base64(Buffer.from(made.pkcs1Sha256, 'base64').subarray(0, -1)), 'malformed_header'],
  ['byte-more', 'rsa-pkcs1-sha256', base64(Buffer.concat([Buffer.alloc(1), Buffer.from(made.pkcs1Sha256, 'base64')])), 'signature_mismatch', 'A signature is as long as the modulus.'],
]) {
  refuse(`rsa/${label}`, { ...signed(name, signature, [made.rsaPem]), why }, error)
}
for (const [label, key, why] of [
  ['1024-bits', made.shortPem],
  ['exponent-3', made.smallExponentPem],
  ['jwk-for-pss', JSON.stringify({ ...made.rsaJwk, alg: 'PS256' })],
  ['jwk-for-another-hash', JSON.stringify({ ...made.rsaJwk, alg: 'RS512' })],
]) {
  unusable(`rsa-${label}`, rsa('rsa-pkcs1-sha256'), [key], why)
}

// A set, of which a header names one.
const named = { key: { id: { header: 'X-Key-Id' } } }
const set = (...keys) => JSON.stringify({ keys })
const both = set({ ...made.rsaJwk, kid: 'now' }, { ...made.otherJwk, kid: 'next' }, { ...made.ecJwk, kid: 'for something else' })
const byId = (keys, id, signature = made.pkcs1Sha256) => signed('rsa-pkcs1-sha256', signature, keys, id === undefined ? [] : [['X-Key-Id', id]], named)
accept('set/named', byId([both], 'now'), rsaSays)
accept('set/other-named', byId([both], 'next', made.pkcs1Other), rsaSays)
accept('set/key-without-an-id', { ...byId([made.rsaPem], 'whatever'), why: 'The caller gave one key: what the header calls it does not matter.' }, rsaSays)
accept('set/key-without-an-id-or-header', byId([made.rsaPem]), rsaSays)
for (const [label, keys, id, error, why] of [
  ['named-wrongly', [both], 'next', 'signature_mismatch', 'The key that is named counts, and no other.'],
  ['unknown', [both], 'later', 'signature_mismatch'],
  ['absent', [both], undefined, 'missing_header'],
  ['of-another-type', [both], 'for something else', 'signature_mismatch'],
]) {
  refuse(`set/${label}`, { ...byId(keys, id), why }, error)
}
for (const [label, key] of [
  ['two-of-one-name', set({ ...made.rsaJwk, kid: 'a' }, { ...made.otherJwk, kid: 'a' })],
  ['one-without-a-name', set({ ...made.rsaJwk, kid: 'a' }, made.otherJwk)],
  ['empty', set()],
  ['of-other-algorithms', set({ ...made.ecJwk, kid: 'a' })],
]) {
  unusable(`set-${label}`, rsa('rsa-pkcs1-sha256', named), [key])
}
for (const [label, scheme, why] of [
  ['encoding', { ...discord, key: { encoding: 'base64' } }, 'How a public key is written shows in the key.'],
  ['prefix', { ...discord, key: { prefix: 'whpk_' } }],
  ['id-of-a-secret', { ...hmac, key: { id: { header: 'X-Key-Id' } } }],
  ['sha1', rsa('rsa-pkcs1-sha1')],
  ['id-that-is-the-signature', { ...discord, key: { id: { header: 'X-Signature-Ed25519' } } }],
]) {
  refuse(`scheme/${label}`, { scheme, secrets: [whpk(first)], headers: [], body: '{}', why }, 'invalid_scheme')
}
