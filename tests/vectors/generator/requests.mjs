import { createHash } from 'node:crypto'

import { NONE, NOW, hmac, suite } from './kit.mjs'
import { event } from './providers.mjs'

const { accept, refuse, ...group } = suite(
  'requests',
  'Senders that sign more of a request than its body, or less: headers, the method and the address, forms, constants, tokens.',
)
export default group

const SECRET = 'a-secret-that-is-long-enough'
const BODY = '{"type":"payment.created","id":"evt_1","é":[1]}'
const OTHER = BODY.replace('1]', '2]')
const POST = { method: 'POST', url: 'https://hooks.example.com/in?tenant=7' }
const digest = (content, { algorithm = 'sha256', encoding = 'hex', secret = SECRET } = {}) =>
  hmac(algorithm, secret, content).toString(encoding)
const hash = (text, encoding = 'hex') => createHash('sha256').update(text).digest(encoding)

const AT = { pointer: '/type' }
function scheme(signature, more = {}) {
  const place = (form) => ('pointer' in form ? {} : { header: 'X-Sig' })
  const forms = [signature].flat().map((form) => ({ ...place(form), algorithm: 'hmac-sha256', encoding: 'hex', ...form }))
  return { name: 'sender', signature: forms, event: { type: AT }, ...more }
}
const token = (form) => ({ ...scheme([]), signature: [{ header: 'X-Sig', weakness: 'token', ...form }] })

const says = (body, more = {}) => event('sender', body, { type: 'payment.created', id: null, data: NONE, ...more })

/** A delivery whose signature is made over `signed`. */
const sent = (given, signed, { headers = [], body = BODY, request = POST, ...more } = {}) => ({
  scheme: given,
  secrets: [SECRET],
  headers: [['X-Sig', digest(signed)], ...headers],
  body,
  ...(request && { request }),
  ...more,
})

// The method and the address.
{
  const given = scheme({ content: '{method} {path}\n{query}\n{body}' })
  const signed = `POST /in\ntenant=7\n${BODY}`
  accept('method/genuine', sent(given, signed), says(BODY))
  accept('method/in-small-letters', sent(given, signed, { request: { ...POST, method: 'post' } }), says(BODY))
  accept('address/path-alone', sent(given, signed, { request: { method: 'POST', url: '/in?tenant=7' } }), says(BODY))
  accept('address/fragment', sent(given, signed, { request: { method: 'POST', url: '/in?tenant=7#a' } }), says(BODY))
  accept('address/no-query', sent(given, `POST /in\n\n${BODY}`, { request: { method: 'POST', url: '/in' } }), says(BODY))
  const changed = (label, request, body = BODY) =>
    refuse(label, sent(given, signed, { request, body }), 'signature_mismatch')
  changed('method/another', { ...POST, method: 'PUT' })
  changed('address/another-path', { ...POST, url: '/in/?tenant=7' })
  changed('address/another-query', { ...POST, url: '/in?tenant=8' })
  changed('method/another-body', POST, OTHER)
  refuse('method/absent', sent(given, signed, { request: { url: POST.url } }), 'missing_request')
  refuse('address/absent', sent(given, signed, { request: { method: 'POST' } }), 'missing_request')
  refuse('method/nothing-of-the-request', sent(given, signed, { request: null }), 'missing_request')
  refuse('method/no-signature', { ...sent(given, signed), headers: [] }, 'missing_header')
}
{
  const given = scheme({ content: '{url}{body}' })
  const signed = POST.url + BODY
  accept('url/genuine', sent(given, signed), says(BODY))
  const options = { origin: 'https://hooks.example.com' }
  const behind = (url, more = options) => sent(given, signed, { request: { url }, ...(more && { options: more }) })
  accept('url/behind-a-proxy', behind('http://10.0.0.7:8080/in?tenant=7'), says(BODY))
  accept('url/path-and-origin', behind('/in?tenant=7'), says(BODY))
  accept('url/origin-with-a-slash', behind('/in?tenant=7', { origin: 'https://hooks.example.com/' }), says(BODY))
  refuse('url/another-origin', behind('/in?tenant=7', { origin: 'https://other.example.com' }), 'signature_mismatch')
  refuse('url/path-alone', behind('/in?tenant=7', null), 'missing_request')
  for (const origin of ['hooks.example.com', 'https://hooks.example.com/in', 'https://', '']) {
    refuse(`url/origin-${origin || 'empty'}`, behind('/in?tenant=7', { origin }), 'invalid_scheme')
  }
  const plain = scheme({ content: '{body}' })
  refuse('url/origin-without-use', sent(plain, BODY, { options }), 'invalid_scheme')
}

// Headers.
{
  const given = scheme({ content: '{header:X-User}.{body}' }, { event: { type: AT, id: { header: 'x-user' } } })
  const headers = [['x-user', 'user-7']]
  accept('header/genuine', sent(given, `user-7.${BODY}`, { headers }), says(BODY, { id: 'user-7' }))
  refuse('header/another', sent(given, `user-8.${BODY}`, { headers }), 'signature_mismatch')
  refuse('header/absent', sent(given, `user-7.${BODY}`), 'missing_header')
  refuse('header/empty', sent(given, `.${BODY}`, { headers: [['X-User', '']] }), 'malformed_header')
  const twice = [['X-User', 'user-7'], ['X-User', 'user-8']]
  refuse('header/twice', sent(given, `user-7.${BODY}`, { headers: twice }), 'malformed_header')
  const bytes = { ...given, payload: { format: 'bytes' }, event: { type_required: false } }
  refuse('header/border', sent(bytes, `a.${BODY}`, { headers: [['X-User', 'a.b']] }), 'malformed_header')
}

// Strings in the body, and a signature there.
{
  const given = scheme(
    { pointer: '/signature/digest', content: '{timestamp}{pointer:/signature/token}', weakness: 'body-unsigned' },
    { timestamp: { pointer: '/signature/time', unit: 'seconds' }, event: { type: AT, id: { pointer: '/signature/token' } } },
  )
  const body = (token, time, signed = `${NOW}tok\u00e9n`) =>
    JSON.stringify({ type: 'payment.created', signature: { token, time, digest: digest(signed) } })
  const delivery = (text, more) => ({
    scheme: given, secrets: [SECRET], headers: [], body: text, now: NOW, options: { accept_unsigned: true }, ...more,
  })
  const unsigned = ['type', 'body']
  const genuine = body('tokén', String(NOW))
  accept('pointer/genuine', delivery(genuine), says(genuine, { id: 'tokén', unsigned }))
  const escaped = genuine.replace('é', '\\u00e9')
  accept('pointer/escaped', delivery(escaped), says(escaped, { id: 'tokén', unsigned }))
  const number = body('tokén', NOW)
  accept('pointer/number', delivery(number), says(number, { id: 'tokén', unsigned }))
  refuse('pointer/another-token', delivery(body('token', String(NOW))), 'signature_mismatch')
  refuse('pointer/another-time', delivery(body('tokén', String(NOW + 1))), 'signature_mismatch')
  refuse('pointer/old', delivery(genuine, { now: NOW + 301 }), 'timestamp_out_of_tolerance')
  refuse('pointer/no-signature', delivery('{"type":"payment.created"}'), 'missing_header')
  refuse('pointer/no-json', delivery('type=payment.created'), 'missing_header')
  refuse('pointer/not-accepted', delivery(genuine, { options: undefined }), 'invalid_scheme')
}
{
  const given = scheme({ content: '{body}' }, { timestamp: { pointer: '/at', unit: 'milliseconds' } })
  const body = `{"type":"payment.created","at":${NOW}000}`
  accept('time-in-the-body/genuine', sent(given, body, { body, now: NOW + 300 }), says(body))
  refuse('time-in-the-body/old', sent(given, body, { body, now: NOW + 301 }), 'timestamp_out_of_tolerance')
  const none = '{"type":"payment.created"}'
  refuse('time-in-the-body/absent', sent(given, none, { body: none, now: NOW }), 'invalid_payload')
}

// Hashes of the body.
{
  const given = scheme({ content: 'v1\n{body:sha256:hex}' })
  accept('body-hash/genuine', sent(given, `v1\n${hash(BODY)}`), says(BODY))
  refuse('body-hash/another-body', sent(given, `v1\n${hash(BODY)}`, { body: OTHER }), 'signature_mismatch')
  const base64 = scheme({ content: '{body:sha256:base64}' })
  accept('body-hash/base64', sent(base64, hash(BODY, 'base64')), says(BODY))
}

// A form, sorted.
{
  const form = 'To=%2B1800&Digits=12+34&From=%C3%A9&Empty=&Digits=12+34'
  const sorted = 'Digits12 34EmptyFroméTo+1800'
  const given = {
    ...scheme([
      { algorithm: 'hmac-sha1', encoding: 'base64', content: '{url}', body_hash: { query: 'bodySHA256', algorithm: 'sha256:hex' } },
      { algorithm: 'hmac-sha1', encoding: 'base64', content: '{url}{form:sorted}', weakness: 'borders' },
    ]),
    payload: { format: 'bytes' },
    event: { type_required: false },
  }
  const sha1 = (content) => digest(content, { algorithm: 'sha1', encoding: 'base64' })
  const delivery = (signed, body, url = POST.url) => ({
    scheme: given, secrets: [SECRET], headers: [['X-Sig', sha1(signed)]], body, request: { url }, options: { accept_unsigned: true },
  })
  const bytes = (body) => says(body, { type: '', unsigned: ['body'], envelope: null })
  accept('form/genuine', delivery(POST.url + sorted, form), bytes(form))
  const shuffled = form.split('&').reverse().join('&')
  accept('form/another-order', delivery(POST.url + sorted, shuffled), bytes(shuffled))
  refuse('form/another-value', delivery(POST.url + sorted, form.replace('34', '35')), 'signature_mismatch')
  refuse('form/broken', delivery(POST.url + sorted, 'a=%zz'), 'invalid_payload')
  const url = `https://hooks.example.com/?bodySHA256=${hash(BODY)}`
  accept('form/hash-in-the-address', delivery(url, BODY, url), bytes(BODY))
  refuse('form/hash-of-another-body', delivery(url, OTHER, url), 'signature_mismatch')
}

// A constant.
{
  const given = scheme({ content: '{constant:url}{body}' }, { constants: { url: 'the URL that is registered' } })
  const delivery = (constants, body = BODY) =>
    sent(given, POST.url + BODY, { request: null, body, options: constants && { constants } })
  accept('constant/genuine', delivery({ url: POST.url }), says(BODY))
  refuse('constant/another', delivery({ url: 'https://example.com' }), 'signature_mismatch')
  refuse('constant/another-body', delivery({ url: POST.url }, OTHER), 'signature_mismatch')
  refuse('constant/absent', delivery(undefined), 'invalid_scheme')
  refuse('constant/empty', delivery({ url: '' }), 'invalid_scheme')
  refuse('constant/blank-around', delivery({ url: ` ${POST.url}` }), 'invalid_scheme')
  refuse('constant/unknown', delivery({ url: POST.url, other: 'x' }), 'invalid_scheme')
}

// The secret itself, sent or hashed.
{
  const unsigned = ['type', 'body']
  const delivery = (given, value, more) => ({
    scheme: given, secrets: [SECRET], headers: [['X-Sig', value]], body: BODY, options: { accept_unsigned: true }, ...more,
  })
  const plain = token({ algorithm: 'token' })
  accept('token/genuine', delivery(plain, SECRET), says(BODY, { unsigned }))
  accept('token/second', delivery(plain, SECRET, { secrets: ['another-secret', SECRET] }), says(BODY, { unsigned, key_index: 1 }))
  refuse('token/another', delivery(plain, `${SECRET}x`), 'signature_mismatch')
  refuse('token/in-capitals', delivery(plain, SECRET.toUpperCase()), 'signature_mismatch')
  refuse('token/empty', delivery(plain, ''), 'malformed_header')
  refuse('token/not-accepted', delivery(plain, SECRET, { options: undefined }), 'invalid_scheme')
  const bearer = token({ algorithm: 'token', prefix: 'Bearer ' })
  accept('token/prefix', delivery(bearer, `Bearer ${SECRET}`), says(BODY, { unsigned }))
  refuse('token/no-prefix', delivery(bearer, SECRET), 'malformed_header')
  const basic = token({ algorithm: 'basic' })
  const credentials = (text) => Buffer.from(text).toString('base64')
  const pair = { secrets: ['user:päss'] }
  for (const word of ['Basic', 'bASIC']) {
    accept(`basic/${word}`, delivery(basic, `${word} ${credentials('user:päss')}`, pair), says(BODY, { unsigned }))
  }
  refuse('basic/another', delivery(basic, `Basic ${credentials('user:pass')}`, pair), 'signature_mismatch')
  refuse('basic/unpadded', delivery(basic, `Basic ${credentials('user:päss')}=`, pair), 'malformed_header')
  refuse('basic/bearer', delivery(basic, `Bearer ${credentials('user:päss')}`, pair), 'malformed_header')

  const hashed = scheme({ algorithm: 'sha256', content: '{secret}{body}', weakness: 'plain-digest' })
  const by = (text, more) => ({ ...delivery(hashed, hash(text)), options: undefined, ...more })
  accept('plain-digest/genuine', by(SECRET + BODY), says(BODY))
  refuse('plain-digest/another-body', by(SECRET + BODY, { body: OTHER }), 'signature_mismatch')
  refuse('plain-digest/needless-word', by(SECRET + BODY, { options: { accept_unsigned: true } }), 'invalid_scheme')
}

// Layouts.
{
  const given = {
    ...scheme({
      prefix: 'Signature ', layout: 'pairs', separator: ',', signature_key: 'signature', quoted: true,
      encoding: 'base64', content: 'date: {timestamp}', weakness: 'body-unsigned',
    }),
    timestamp: { header: 'Date', unit: 'http-date' },
  }
  const delivery = (date, signed = date, more = {}) => {
    const value = encodeURIComponent(digest(`date: ${signed}`, { encoding: 'base64' }))
    return {
      scheme: given, secrets: [SECRET], body: BODY, now: NOW, options: { accept_unsigned: true },
      headers: [['X-Sig', `${more.prefix ?? 'Signature '}keyId="k",signature="${value}"`], ['Date', date]],
    }
  }
  const now = 'Thu, 09 Oct 2025 08:53:20 GMT'
  accept('quoted/genuine', delivery(now), says(BODY, { unsigned: ['type', 'body'] }))
  refuse('quoted/another-date', delivery(now, 'Thu, 09 Oct 2025 08:53:21 GMT'), 'signature_mismatch')
  refuse('quoted/old', delivery('Thu, 09 Oct 2025 08:48:19 GMT'), 'timestamp_out_of_tolerance')
  refuse('quoted/wrong-weekday', delivery('Fri, 09 Oct 2025 08:53:20 GMT'), 'malformed_header')
  refuse('quoted/one-digit', delivery('Thu, 9 Oct 2025 08:53:20 GMT'), 'malformed_header')
  refuse('quoted/another-prefix', delivery(now, now, { prefix: 'Bearer ' }), 'malformed_header')
}
{
  const given = scheme({ header: ['X-Sig-1', 'X-Sig-2'], header_match: 'any', layout: 'list', separator: ',', algorithm: 'hmac-sha384', content: '{body}' })
  const right = digest(BODY, { algorithm: 'sha384' })
  const wrong = digest(OTHER, { algorithm: 'sha384' })
  const delivery = (headers) => ({ scheme: given, secrets: [SECRET], headers, body: BODY })
  accept('any-header/first', delivery([['X-Sig-1', right], ['X-Sig-2', wrong]]), says(BODY))
  accept('any-header/second', delivery([['x-sig-2', right], ['x-sig-1', wrong]]), says(BODY))
  accept('any-header/second-alone', delivery([['X-Sig-2', right]]), says(BODY))
  refuse('any-header/neither', delivery([['X-Sig-1', wrong]]), 'signature_mismatch')
  refuse('any-header/none', delivery([]), 'missing_header')
}
{
  const given = scheme({ content: '{id}{timestamp}{body}' }, { id: { header: 'X-Id', form: 'uuid' }, timestamp: { header: 'X-At', unit: 'rfc3339' } })
  const id = 'befa7b53-d79d-478f-86b9-120f112b044e'
  const at = '2025-10-09T08:53:20Z'
  const delivery = (given_id) => sent(given, `${given_id}${at}${BODY}`, { headers: [['X-Id', given_id], ['X-At', at]], now: NOW })
  accept('uuid/genuine', delivery(id), says(BODY, { id }))
  refuse('uuid/shorter', delivery(id.slice(1)), 'malformed_header')
  refuse('uuid/no-hyphens', delivery(id.replaceAll('-', 'a')), 'malformed_header')
}

// What a scheme must state.
{
  const stated = (label, form, more) => refuse(`stated/${label}`, sent(scheme(form, more), BODY, { request: null }), 'invalid_scheme')
  stated('no-body', { content: '{timestamp}' }, { timestamp: { header: 'X-At', unit: 'seconds' } })
  stated('crc32', { content: '{body:crc32}' })
  stated('form', { content: '{form:sorted}' }, { payload: { format: 'bytes' }, event: { type_required: false } })
  stated('needless', { content: '{body}', weakness: 'borders' })
  stated('unknown', { content: '{body}', weakness: 'none' })
  stated('plain-digest', { algorithm: 'sha256', content: '{secret}{body}' })
  stated('no-secret', { algorithm: 'sha256', content: '{body}', weakness: 'plain-digest' })
  stated('secret-of-a-mac', { content: '{secret}{body}' })
  stated('constant-without-meaning', { content: '{constant:url}{body}' })
  stated('constant-without-use', { content: '{body}' }, { constants: { url: 'a URL' } })
  stated('url-next-to-bytes', { content: '{url}{body}' }, { payload: { format: 'bytes' }, event: { type_required: false } })
  stated('two-bodies', { content: '{body}.{body}' })
}
