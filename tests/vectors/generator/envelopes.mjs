import { createHash, createHmac, createPrivateKey, sign } from 'node:crypto'

import * as adcp from './adcp.mjs'
import { NOW, suite } from './kit.mjs'
import { event } from './providers.mjs'

const { accept, refuse, ...group } = suite(
  'envelopes',
  'Signatures that say themselves what they sign: HTTP message signatures (RFC 9421) with Content-Digest (RFC 9530), and JSON Web Signatures (RFC 7515).',
)
export default group

const sha256 = (bytes, encoding) => createHash('sha256').update(bytes).digest(encoding)
const digest = (body) => `sha-256=:${sha256(body, 'base64')}:`
const base64url = (bytes) => Buffer.from(bytes).toString('base64url')

// The test cases of RFC 9421, appendix B.2 and section 4.3.
const RFC = {
  body: '{"hello": "world"}',
  headers: [
    ['Host', 'example.com'],
    ['Date', 'Tue, 20 Apr 2021 02:07:55 GMT'],
    ['Content-Type', 'application/json'],
    ['Content-Digest', 'sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:'],
    ['Content-Length', '18'],
  ],
  request: { method: 'POST', url: 'https://example.com/foo?param=Value&Pet=dog' },
}
const keys = {
  ed25519: '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=\n-----END PUBLIC KEY-----',
  ecdsa: '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lf\nw0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ==\n-----END PUBLIC KEY-----',
  rsa: '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAr4tmm3r20Wd/PbqvP1s2\n+QEtvpuRaV8Yq40gjUR8y2Rjxa6dpG2GXHbPfvMs8ct+Lh1GH45x28Rw3Ry53mm+\noAXjyQ86OnDkZ5N8lYbggD4O3w6M6pAvLkhk95AndTrifbIFPNU8PPMO7OyrFAHq\ngDsznjPFmTOtCEcN2Z1FpWgchwuYLPL+Wokqltd11nqqzi+bJ9cvSKADYdUAAN5W\nUtzdpiy6LbTgSxP7ociU4Tn0g5I6aDZJ7A8Lzo0KSyZYoA485mqcO0GVAdVw9lq4\naOT9v6d+nb4bnNkQVklLQ3fVAvJm+xdDOp9LCNCN48V2pnDOkFV6+U9nV5oyc6XI\n2wIDAQAB\n-----END PUBLIC KEY-----',
  secret: 'uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==',
}
const untyped = { type_required: false }
const created = { parameter: 'created', unit: 'seconds' }
const named = { id: { parameter: 'keyid' } }
const message = (algorithm, components, more) => ({ header: 'Signature', layout: 'rfc9421', algorithm, components, ...more })
const rfc = (signature, more) => ({ name: 'rfc9421', signature: { parameters: ['created', 'keyid'], ...signature }, timestamp: created, event: untyped, ...more })
const signed = (scheme, secret, input, signature, more) => ({ scheme, secrets: [secret], ...RFC, headers: [...RFC.headers, ['Signature-Input', input], ['Signature', signature]], now: 1618884473, ...more })
const says = (scheme, body, more) => event(scheme.name, body, { type: '', ...more })
const rfcSays = (scheme) => says(scheme, RFC.body)
const open = { weakness: 'body-unsigned' }
const accepted = { options: { accept_unsigned: true } }
const openSays = (scheme) => says(scheme, RFC.body, { unsigned: ['body'] })

const b21 = rfc({ ...message('rsa-pss-sha512', []), parameters: ['created', 'keyid', 'nonce'], ...open })
accept('rfc9421/b21-nothing-covered', signed(b21, keys.rsa, 'sig-b21=();created=1618884473;keyid="test-key-rsa-pss";nonce="b3k2pp5k7z-50gnwp.yemd"', 'sig-b21=:d2pmTvmbncD3xQm8E9ZV2828BjQWGgiwAaw5bAkgibUopemLJcWDy/lkbbHAve4cRAtx31Iq786U7it++wgGxbtRxf8Udx7zFZsckzXaJMkA7ChG52eSkFxykJeNqsrWH5S+oxNFlD4dzVuwe8DhTSja8xxbR/Z2cOGdCbzR72rgFWhzx2VjBqJzsPLMIQKhO4DGezXehhWwE56YCE+O6c0mKZsfxVrogUvA4HELjVKWmAvtl6UnCh8jYzuVG5WSb/QEVPnP5TmcAnLH1g+s++v6d4s8m0gCw1fV5/SITLq9mhho8K3+7EPYTU8IU1bLhdxO5Nyt8C8ssinQ98Xw9Q==:', accepted), openSays(b21))
const full = ['date', '@method', '@path', '@query', '@authority', 'content-type', 'content-digest', 'content-length']
const b23 = rfc(message('rsa-pss-sha512', full))
const b23Input = `sig-b23=(${full.map((name) => `"${name}"`).join(' ')});created=1618884473;keyid="test-key-rsa-pss"`
const b23Signature = 'sig-b23=:bbN8oArOxYoyylQQUU6QYwrTuaxLwjAC9fbY2F6SVWvh0yBiMIRGOnMYwZ/5MR6fb0Kh1rIRASVxFkeGt683+qRpRRU5p2voTp768ZrCUb38K0fUxN0O0iC59DzYx8DFll5GmydPxSmme9v6ULbMFkl+V5B1TP/yPViV7KsLNmvKiLJH1pFkh/aYA2HXXZzNBXmIkoQoLd7YfW91kE9o/CCoC1xMy7JA1ipwvKvfrs65ldmlu9bpG6A9BmzhuzF8Eim5f8ui9eH8LZH896+QIF61ka39VBrohr9iyMUJpvRX2Zbhl5ZJzSRxpJyoEZAFL2FUo5fTIztsDZKEgM4cUA==:'
accept('rfc9421/b23-all-of-it', signed(b23, keys.rsa, b23Input, b23Signature), rfcSays(b23))
accept('rfc9421/b23-by-path-and-origin', signed(b23, keys.rsa, b23Input, b23Signature, { request: { method: 'post', url: '/foo?param=Value&Pet=dog' }, options: { origin: 'https://EXAMPLE.com:443' } }), rfcSays(b23))
const b25 = rfc({ ...message('hmac-sha256', ['date', '@authority', 'content-type']), ...open }, { key: { encoding: 'base64' } })
const b25Input = 'sig-b25=("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"'
accept('rfc9421/b25-hmac', signed(b25, keys.secret, b25Input, 'sig-b25=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:', accepted), openSays(b25))
const b26 = rfc({ ...message('ed25519', ['date', '@method', '@path', '@authority', 'content-type', 'content-length']), ...open })
const b26Input = 'sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"'
const b26Signature = 'sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:'
accept('rfc9421/b26-ed25519', signed(b26, keys.ed25519, b26Input, b26Signature, accepted), openSays(b26))
accept('rfc9421/b26-may-cover', signed(rfc({ ...message('ed25519', ['@method']), may_cover: ['Date', 'Content-Type', 'Content-Length'], ...open }), keys.ed25519, b26Input, b26Signature, accepted), openSays(b26))
const s43 = rfc(message('ecdsa-p256-sha256', ['@method', '@authority', '@path', 'content-digest', 'content-type', 'content-length']))
const s43Input = 'sig1=("@method" "@authority" "@path" "content-digest" "content-type" "content-length");created=1618884475;keyid="test-key-ecc-p256"'
const s43Signature = 'sig1=:X5spyd6CFnAG5QnDyHfqoSNICd+BUP4LYMz2Q0JXlb//4Ijpzp+kve2w4NIyqeAuM7jTDX+sNalzA8ESSaHD3A==:'
accept('rfc9421/4.3-ecdsa', signed(s43, keys.ecdsa, s43Input, s43Signature), rfcSays(s43))
for (const [label, scheme, secret, input, signature, error, more] of [
  ['b23-another-body', b23, keys.rsa, b23Input, b23Signature, 'signature_mismatch', { body: '{"hello": "mars"}' }],
  ['b23-another-query', b23, keys.rsa, b23Input, b23Signature, 'signature_mismatch', { request: { ...RFC.request, url: 'https://example.com/foo?Pet=dog&param=Value' } }],
  ['b23-another-host', b23, keys.rsa, b23Input, b23Signature, 'signature_mismatch', { request: { ...RFC.request, url: 'https://example.org/foo?param=Value&Pet=dog' } }],
  ['b23-another-method', b23, keys.rsa, b23Input, b23Signature, 'signature_mismatch', { request: { ...RFC.request, method: 'PUT' } }],
  ['b23-no-method', b23, keys.rsa, b23Input, b23Signature, 'missing_request', { request: { url: RFC.request.url } }],
  ['b23-no-address', b23, keys.rsa, b23Input, b23Signature, 'missing_request', { request: { method: 'POST' } }],
  ['b23-too-old', b23, keys.rsa, b23Input, b23Signature, 'timestamp_out_of_tolerance', { now: 1618884473 + 301 }],
  ['b23-created-moved', b23, keys.rsa, b23Input.replace('4473', '4474'), b23Signature, 'signature_mismatch'],
  ['b23-label-moved', b23, keys.rsa, b23Input, b23Signature.replace('b23', 'b24'), 'malformed_header'],
  ['b23-algorithm-of-another', b23, keys.rsa, `${b23Input};alg="rsa-v1_5-sha256"`, b23Signature, 'malformed_header'],
  ['b23-algorithm-added', b23, keys.rsa, `${b23Input};alg="rsa-pss-sha512"`, b23Signature, 'signature_mismatch'],
  ['b26-uncovered', rfc({ ...message('ed25519', ['@method', 'content-digest']) }), keys.ed25519, b26Input, b26Signature, 'malformed_header'],
  ['b26-unknown-header', rfc({ ...message('ed25519', ['@method']), ...open }), keys.ed25519, b26Input, b26Signature, 'malformed_header', accepted],
  ['b26-no-nonce', rfc({ ...message('ed25519', ['@method']), may_cover: ['Date', 'Content-Type', 'Content-Length'], parameters: ['created', 'nonce'], ...open }), keys.ed25519, b26Input, b26Signature, 'malformed_header', accepted],
  ['b26-no-tag', rfc({ ...message('ed25519', ['@method']), may_cover: ['Date', 'Content-Type', 'Content-Length'], label: 'sig-b26', tag: 'x', ...open }), keys.ed25519, b26Input, b26Signature, 'malformed_header', accepted],
]) refuse(`rfc9421/${label}`, signed(scheme, secret, input, signature, more), error)
for (const [label, text] of [
  ['sf', b26Input.replace('"date"', '"date";sf')],
  ['bs', b26Input.replace('"date"', '"date";bs')],
  ['req', b26Input.replace('"@method"', '"@method";req')],
  ['key', b26Input.replace('"date"', '"date";key="a"')],
  ['twice', b26Input.replace('"date"', '"date" "date"')],
  ['parameter-twice', `${b26Input};created=1618884473`],
  ['label-twice', `${b26Input}, ${b26Input}`],
  ['two-labels', `${b26Input}, ${b26Input.replace('sig-b26', 'other')}`],
  ['created-text', b26Input.replace('1618884473', '"1618884473"')],
  ['created-decimal', b26Input.replace('1618884473', '1618884473.0')],
  ['status', b26Input.replace('"date"', '"@status"')],
  ['query-param', b26Input.replace('"date"', '"@query-param";name="Pet"')],
  ['capitals', b26Input.replace('"date"', '"Date"')],
  ['no-list', 'sig-b26=1'],
  ['empty', ''],
  ['comma', `${b26Input},`],
]) refuse(`rfc9421/input/${label}`, signed(b26, keys.ed25519, text, b26Signature, accepted), 'malformed_header')
for (const [label, text] of [
  ['no-bytes', 'sig-b26=wqcAqb'],
  ['unpadded', b26Signature.replace('==:', ':')],
  ['short', 'sig-b26=:AAAA:'],
  ['parameter', `${b26Signature};x=1`],
  ['twice', `${b26Signature}, ${b26Signature}`],
]) refuse(`rfc9421/signature/${label}`, signed(b26, keys.ed25519, b26Input, text, accepted), 'malformed_header')
for (const [label, text, error] of [
  ['of-another-body', digest('{}'), 'signature_mismatch'],
  ['unknown', 'md5=:AAAA:', 'signature_mismatch'],
]) refuse(`rfc9421/digest/${label}`, { ...signed(b23, keys.rsa, b23Input, b23Signature), headers: [...RFC.headers.filter(([name]) => name !== 'Content-Digest'), ['Content-Digest', text], ['Signature-Input', b23Input], ['Signature', b23Signature]] }, error)

// With an HMAC of our own: what is genuine and still refused, and what a second header of the name means.
const SECRET = 'envelope_secret'
const own = { name: 'own', signature: message('hmac-sha256', ['@method', '@target-uri', 'content-digest'], { parameters: ['created', 'expires'], lifetime: 60, tag: 'own' }), timestamp: created, event: { type: { pointer: '/type' }, id: { pointer: '/id' } } }
const BODY = '{"id":"evt_1","type":"policy.created"}'
const URL_ = 'https://example.com/in?a=%2f'
const wrap = ({ params = `created=${NOW};expires=${NOW + 60};tag="own"`, body = BODY, sent = body, digests = digest(body), covered = ['@method', '@target-uri', 'content-digest'], label = 'a', more } = {}) => {
  const input = `(${covered.map((name) => `"${name}"`).join(' ')});${params}`
  const values = { '@method': 'POST', '@target-uri': 'https://example.com/in?a=%2F', 'content-digest': digests, '@scheme': 'https', '@request-target': '/in?a=%2F', '@path': '/in', '@query': '?a=%2F', '@authority': 'example.com' }
  const base = [...covered.map((name) => `"${name}": ${values[name]}`), `"@signature-params": ${input}`].join('\n')
  return { scheme: own, secrets: [SECRET], headers: [['Content-Digest', digests], ['Signature-Input', `${label}=${input}`], ['Signature', `${label}=:${createHmac('sha256', SECRET).update(base).digest('base64')}:`]], body: sent, now: NOW, request: { method: 'POST', url: URL_ }, ...more }
}
const ownSays = (body = BODY) => event('own', body, { type: 'policy.created', id: 'evt_1' })
accept('own/genuine', wrap(), ownSays())
accept('own/every-part', wrap({ covered: ['@method', '@target-uri', 'content-digest', '@scheme', '@request-target', '@path', '@query', '@authority'] }), ownSays())
accept('own/two-digests', wrap({ digests: `md5=:AAAA:, sha-512=:${createHash('sha512').update(BODY).digest('base64')}:` }), ownSays())
accept('own/parameter-of-another', wrap({ params: `created=${NOW};expires=${NOW + 60};tag="own";x=1;y="z"` }), ownSays())
accept('own/until-the-last-second', wrap({ more: { now: NOW + 60 } }), ownSays())
const beside = wrap()
accept('own/another-tag-beside', { ...beside, headers: [beside.headers[0], ['Signature-Input', `b=("@path");tag="b", ${beside.headers[1][1]}`], ['Signature', `b=:AAAA:, ${beside.headers[2][1]}`]] }, ownSays())
const written = wrap()
accept('own/spaces', { ...written, headers: [written.headers[0], ['Signature-Input', written.headers[1][1].replace('a=(', 'a=(  ').replace('" "', '"   "').replace(');', '  ); ')], written.headers[2]] }, ownSays())
for (const [label, delivery, error] of [
  ['expired', wrap({ more: { now: NOW + 61 } }), 'timestamp_out_of_tolerance'],
  ['too-long', wrap({ params: `created=${NOW};expires=${NOW + 61};tag="own"` }), 'malformed_header'],
  ['expires-first', wrap({ params: `created=${NOW};expires=${NOW};tag="own"` }), 'malformed_header'],
  ['no-expires', wrap({ params: `created=${NOW};tag="own"` }), 'malformed_header'],
  ['no-created', wrap({ params: `expires=${NOW + 60};tag="own"` }), 'malformed_header'],
  ['another-tag', wrap({ params: `created=${NOW};expires=${NOW + 60};tag="other"` }), 'malformed_header'],
  ['another-algorithm', wrap({ params: `created=${NOW};expires=${NOW + 60};tag="own";alg="ed25519"` }), 'malformed_header'],
  ['digest-uncovered', wrap({ covered: ['@method', '@target-uri'] }), 'malformed_header'],
  ['digest-covered-and-wrong', wrap({ sent: BODY.replace('evt_1', 'evt_2') }), 'signature_mismatch'],
  ['digest-of-no-known-hash', wrap({ digests: 'md5=:AAAA:' }), 'malformed_header'],
  ['one-digest-wrong', wrap({ digests: `${digest(BODY)}, sha-512=:AAAA:` }), 'signature_mismatch'],
  ['digest-twice', wrap({ digests: `${digest(BODY)}, ${digest(BODY)}` }), 'malformed_header'],
  ['path-only', wrap({ more: { request: { method: 'POST', url: '/in?a=%2f' } } }), 'missing_request'],
]) refuse(`own/${label}`, delivery, error)
const without = (name) => { const delivery = wrap(); return { ...delivery, headers: delivery.headers.filter(([own]) => own !== name) } }
for (const name of ['Signature-Input', 'Signature', 'Content-Digest']) refuse(`own/no-${name.toLowerCase()}`, without(name), 'missing_header')

// AdCP.
const adcpSignature = (algorithm) => message(algorithm, ['@method', '@target-uri', '@authority', 'content-type', 'content-digest'], { encoding: 'base64url-nopad', label: 'sig1', tag: 'adcp/webhook-signing/v1', parameters: ['created', 'expires', 'nonce', 'keyid', 'alg'], lifetime: 300 })
const adcpScheme = { name: 'adcp', signature: [adcpSignature('ed25519'), adcpSignature('ecdsa-p256-sha256')], key: named, timestamp: created, event: untyped }
for (const vector of adcp.vectors) {
  const { name, kid, key, error, url, body, digest: digests, input, signature } = { ...adcp.first, ...vector }
  const jwk = key ?? adcp.keys.find((one) => one.kid === kid)
  const headers = [['Content-Type', 'application/json'], ['Content-Digest', digests], ['Signature-Input', input], ['Signature', signature]].filter(([, value]) => value != null)
  const delivery = { scheme: adcpScheme, secrets: [JSON.stringify({ keys: [jwk] })], headers, body, now: 1776520800, request: { method: 'POST', url } }
  if (error) refuse(`adcp/${name}`, delivery, error)
  else accept(`adcp/${name}`, delivery, says(adcpScheme, body))
}

// JSON Web Signatures.
const seed = Buffer.from('302e020100300506032b6570042204209d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex')
const secretKey = createPrivateKey({ key: seed, format: 'der', type: 'pkcs8' })
const okp = (kid) => JSON.stringify({ keys: [{ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig', kid, x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }] })
const hash = { claim: 'request_body_sha256', algorithm: 'sha256:hex' }
const jws = (algorithm, more) => ({ header: 'X-Signature-JWT', layout: 'jws', algorithm, ...more })
const claims = { name: 'claims', signature: [jws('ed25519', { body_hash: hash }), jws('hmac-sha256', { body_hash: hash })], key: { id: { parameter: 'kid' } }, timestamp: { parameter: 'iat', unit: 'seconds' }, event: own.event }
const detached = { name: 'detached', signature: [jws('ed25519'), jws('hmac-sha512')], key: { id: { parameter: 'kid' } }, event: own.event }
const says2 = (scheme, body = BODY) => event(scheme.name, body, { type: 'policy.created', id: 'evt_1' })
const json = (value) => base64url(typeof value === 'string' ? value : JSON.stringify(value))
const eddsa = (text) => base64url(sign(null, Buffer.from(text), secretKey))
const hs = (alg) => (text) => base64url(createHmac(alg, SECRET).update(text).digest())
const token = ({ header = { alg: 'EdDSA', kid: 'one', typ: 'JWT' }, payload = { iat: NOW, request_body_sha256: sha256(BODY, 'hex') }, by = eddsa, secrets = [okp('one')], body = BODY, more } = {}) => {
  const text = `${json(header)}.${json(payload)}`
  return { scheme: claims, secrets, headers: [['X-Signature-JWT', `${text}.${by(text)}`]], body, now: NOW, ...more }
}
const hs256 = { alg: 'HS256', typ: 'JWT' }
accept('jws/claims', token(), says2(claims))
accept('jws/claims-hmac', token({ header: hs256, by: hs('sha256'), secrets: [SECRET] }), says2(claims))
accept('jws/claims-not-expired', token({ payload: { iat: NOW, exp: NOW, request_body_sha256: sha256(BODY, 'hex'), more: [1] } }), says2(claims))
for (const [label, delivery, error] of [
  ['another-body', token({ body: BODY.replace('evt_1', 'evt_2') }), 'signature_mismatch'],
  ['no-hash', token({ payload: { iat: NOW } }), 'signature_mismatch'],
  ['hash-in-capitals', token({ payload: { iat: NOW, request_body_sha256: sha256(BODY, 'hex').toUpperCase() } }), 'signature_mismatch'],
  ['none', token({ header: { alg: 'none', kid: 'one' }, by: () => '' }), 'malformed_header'],
  ['none-with-a-signature', token({ header: { alg: 'none', kid: 'one' } }), 'malformed_header'],
  ['hmac-by-the-public-key', token({ header: hs256, by: (text) => base64url(createHmac('sha256', Buffer.from('11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo', 'base64url')).update(text).digest()) }), 'malformed_header'],
  ['another-algorithm', token({ header: { alg: 'ES256', kid: 'one' } }), 'malformed_header'],
  ['crit', token({ header: { alg: 'EdDSA', kid: 'one', crit: ['exp'] } }), 'malformed_header'],
  ['b64', token({ header: { alg: 'EdDSA', kid: 'one', b64: false } }), 'malformed_header'],
  ['jwk', token({ header: { alg: 'EdDSA', kid: 'one', jwk: JSON.parse(okp('one')).keys[0] } }), 'malformed_header'],
  ['jku', token({ header: { alg: 'EdDSA', kid: 'one', jku: 'https://example.com/keys' } }), 'malformed_header'],
  ['x5u', token({ header: { alg: 'EdDSA', kid: 'one', x5u: 'https://example.com/cert' } }), 'malformed_header'],
  ['x5c', token({ header: { alg: 'EdDSA', kid: 'one', x5c: [] } }), 'malformed_header'],
  ['header-twice', token({ header: '{"alg":"EdDSA","alg":"EdDSA","kid":"one"}' }), 'malformed_header'],
  ['claim-twice', token({ payload: `{"iat":${NOW},"iat":${NOW},"request_body_sha256":"${sha256(BODY, 'hex')}"}` }), 'malformed_header'],
  ['header-behind-a-space', token({ header: ' {"alg":"EdDSA","kid":"one"}' }), 'malformed_header'],
  ['unknown-key', token({ secrets: [okp('two')] }), 'signature_mismatch'],
  ['no-key', token({ header: { alg: 'EdDSA' } }), 'signature_mismatch'],
  ['too-old', token({ more: { now: NOW + 301 } }), 'timestamp_out_of_tolerance'],
  ['expired', token({ payload: { iat: NOW, exp: NOW, request_body_sha256: sha256(BODY, 'hex') }, more: { now: NOW + 1 } }), 'timestamp_out_of_tolerance'],
  ['no-time', token({ payload: { request_body_sha256: sha256(BODY, 'hex') } }), 'malformed_header'],
  ['time-as-text', token({ payload: { iat: String(NOW), request_body_sha256: sha256(BODY, 'hex') } }), 'malformed_header'],
]) refuse(`jws/claims/${label}`, delivery, error)
const apart = (header, by, secrets, more) => {
  const text = `${json(header)}.${base64url(BODY)}`
  return { scheme: detached, secrets, headers: [['X-Signature-JWT', `${json(header)}..${by(text)}`]], body: BODY, now: NOW, ...more }
}
const one = { alg: 'EdDSA', kid: 'one' }
accept('jws/detached', apart(one, eddsa, [okp('one')]), says2(detached))
accept('jws/detached-hmac', apart({ alg: 'HS512' }, hs('sha512'), [SECRET]), says2(detached))
const attached = apart(one, eddsa, [okp('one')])
for (const [label, delivery, error] of [
  ['another-body', apart(one, eddsa, [okp('one')], { body: `${BODY} ` }), 'signature_mismatch'],
  ['with-its-payload', { ...attached, headers: [['X-Signature-JWT', attached.headers[0][1].replace('..', `.${base64url(BODY)}.`)]] }, 'malformed_header'],
  ['two-parts', { ...attached, headers: [['X-Signature-JWT', attached.headers[0][1].replace('..', '.')]] }, 'malformed_header'],
  ['four-parts', { ...attached, headers: [['X-Signature-JWT', `${attached.headers[0][1]}.AA`]] }, 'malformed_header'],
  ['none', apart({ alg: 'none' }, () => '', [okp('one')]), 'malformed_header'],
  ['padded', { ...attached, headers: [['X-Signature-JWT', `${attached.headers[0][1]}==`]] }, 'malformed_header'],
]) refuse(`jws/detached/${label}`, delivery, error)

// What cannot be such a scheme.
const setup = (scheme) => ({ scheme, secrets: [SECRET], headers: [], body: BODY, now: NOW })
for (const [label, scheme] of [
  ['uncovered-body-unstated', { ...own, signature: { ...own.signature, components: ['@method'] } }],
  ['another-header', { ...own, signature: { ...own.signature, header: 'X-Signature' } }],
  ['content', { ...own, signature: { ...own.signature, content: '{body}' } }],
  ['unknown-component', { ...own, signature: { ...own.signature, components: ['@status', 'content-digest'] } }],
  ['component-in-capitals', { ...own, signature: { ...own.signature, components: ['Content-Digest'] } }],
  ['unknown-parameter', { ...own, signature: { ...own.signature, parameters: ['created', 'expires', 'when'] } }],
  ['time-not-demanded', { ...own, signature: { ...own.signature, parameters: [], lifetime: undefined } }],
  ['lifetime-without-expires', { ...own, signature: { ...own.signature, parameters: ['created'] } }],
  ['sha1', { ...own, signature: { ...own.signature, algorithm: 'hmac-sha1' } }],
  ['label-of-another-layout', { name: 'x', signature: { header: 'X', algorithm: 'hmac-sha256', encoding: 'hex', content: '{body}', label: 'a' }, event: untyped }],
  ['token-encoding', { ...detached, key: undefined, signature: jws('hmac-sha256', { encoding: 'base64' }) }],
  ['token-der', { ...detached, signature: jws('ecdsa-p256-sha256-der') }],
  ['token-crc32', { ...detached, key: undefined, signature: jws('hmac-sha256', { body_hash: { claim: 'a', algorithm: 'crc32' } }) }],
  ['token-hash-in-the-query', { ...detached, key: undefined, signature: jws('hmac-sha256', { body_hash: { query: 'a', algorithm: 'sha256:hex' } }) }],
  ['token-time-without-claims', { ...detached, key: undefined, signature: jws('hmac-sha256'), timestamp: { parameter: 'iat', unit: 'seconds' } }],
  ['time-in-milliseconds', { ...own, timestamp: { parameter: 'created', unit: 'milliseconds' } }],
  ['time-twice', { ...own, timestamp: { parameter: 'created', header: 'X-Time', unit: 'seconds' } }],
]) refuse(`setup/${label}`, setup(JSON.parse(JSON.stringify(scheme))), 'invalid_scheme')
