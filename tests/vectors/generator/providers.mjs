// Deliveries as each provider would send them, and what their events say.
import { NONE, NOW, hex, hmac, sha256 } from './kit.mjs'

export const SECRET = {
  coverkit: 'whsec_5b1f0c9d2e7a48639f04c1d8e2b7a653',
  kasko: 'whsec_9c2d41f07be6538a1d9e04c7',
  mycover: 'MCASECK|1b4e28ba-2fa1-41d2-883f-0016d3cca427',
  claimport: '3f8a1c5e9b2d7046a8c3e1f5b9d2074c6e8a1b3d',
  'standard-webhooks': 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD',
  stripe: 'whsec_1gGm5pKq8TzYvX3nR7wB2cD4eF6hJ9kL',
  github: "It's a Secret to Everybody",
}

export const keyOf = (secret) => Buffer.from(secret.replace(/^whsec_/, ''), 'base64')

// `signed` is what the signature covers when that is not the body: forgeries, and other forms of it.
const delivery = (provider, secret, headers, body, more) => ({
  provider,
  secrets: [secret],
  headers,
  body,
  ...more,
})

export function coverkit(body, { secret = SECRET.coverkit, form = 'bare', t = NOW, signed = body } = {}) {
  if (form === 'stamped') {
    const value = `t=${t},v1=${hex('sha256', secret, `${t}.`, signed)}`
    return delivery('coverkit', secret, [['coverkit-signature', value]], body, { now: NOW })
  }
  const value = (form === 'prefixed' ? 'sha256=' : '') + hex('sha256', secret, signed)
  return delivery('coverkit', secret, [['coverkit-signature', value]], body)
}

export function kasko(body, { secret = SECRET.kasko, type = 'policy.created', id = DELIVERY, signed = body } = {}) {
  const headers = []
  if (type !== null) headers.push(['X-KASKO-Event', type])
  if (id !== null) headers.push(['X-KASKO-Delivery', id])
  headers.push(['X-KASKO-Signature', `sha1=${hex('sha1', secret, signed)}`])
  return delivery('kasko', secret, headers, body)
}

export const DELIVERY = 'baf59150f9a60c1c0e6a700e6f531676'

export function mycover(body, { secret = SECRET.mycover, signed = body } = {}) {
  return delivery('mycover', secret, [['x-mycoverai-signature', hex('sha512', secret, signed)]], body)
}

export function claimport(body, { secret = SECRET.claimport, signed = body } = {}) {
  const value = `sha256=${hex('sha256', secret, signed)}`
  return delivery('claimport', secret, [['X-ClaimPort-Signature', value]], body)
}

export const MESSAGE = 'msg_2KWPBgLlAfxdpx2AI54pPJ85f4W'

export const standardDigest = (body, { secret = SECRET['standard-webhooks'], id = MESSAGE, t = NOW } = {}) =>
  hmac('sha256', keyOf(secret), `${id}.${t}.`, body).toString('base64')

export function standard(body, { secret = SECRET['standard-webhooks'], id = MESSAGE, t = NOW, signed = body, brand = 'webhook' } = {}) {
  const headers = [
    [`${brand}-id`, id],
    [`${brand}-timestamp`, String(t)],
    [`${brand}-signature`, `v1,${standardDigest(signed, { secret, id, t })}`],
  ]
  return delivery('standard-webhooks', secret, headers, body, { now: NOW })
}

export const stripeDigest = (body, { secret = SECRET.stripe, t = NOW } = {}) => hex('sha256', secret, `${t}.`, body)

export function stripe(body, { secret = SECRET.stripe, t = NOW, signed = body } = {}) {
  const value = `t=${t},v1=${stripeDigest(signed, { secret, t })}`
  return delivery('stripe', secret, [['Stripe-Signature', value]], body, { now: NOW })
}

export function github(body, { secret = SECRET.github, type = 'push', id = '72d3162e-cc78-11e3-81ab-4c9367dc0958', signed = body } = {}) {
  const headers = []
  if (type !== null) headers.push(['X-GitHub-Event', type])
  if (id !== null) headers.push(['X-GitHub-Delivery', id])
  headers.push(['X-Hub-Signature-256', `sha256=${hex('sha256', secret, signed)}`])
  return delivery('github', secret, headers, body)
}

const UNSIGNED = { kasko: ['type', 'id'], github: ['type', 'id'] }

// `unsigned` belongs to the scheme: an absent header could have been removed as well as changed.
/** What an event says. Without `data` that is not checked; `unsigned` null leaves that out. */
export function event(provider, body, { type, id = null, created_at = null, test = false, data, envelope, key_index = 0, unsigned = UNSIGNED[provider] ?? [] }) {
  const says = { provider, type, id, created_at, test }
  if (data === NONE) Object.assign(says, { data: null, has_data: false })
  else if (data !== undefined) says.data = data
  if (envelope !== undefined) says.envelope = envelope
  says.key_index = key_index
  if (unsigned !== null) says.unsigned = unsigned
  const signedId = id !== null && !unsigned?.includes('id')
  says.dedupe_key = signedId ? `${provider}:${id}` : `${provider}:${type}:${sha256(body)}`
  return says
}

/** The same delivery with one header's value changed by a function, or removed where that gives null. */
export function change(fields, header, how) {
  const headers = fields.headers
    .map(([name, value]) => [name, name.toLowerCase() === header.toLowerCase() ? how(value) : value])
    .filter(([, value]) => value !== null)
  return { ...fields, headers }
}

export const drop = (fields, header) => change(fields, header, () => null)

export const rename = (fields, how) => ({ ...fields, headers: fields.headers.map(([name, value]) => [how(name), value]) })

export const also = (fields, ...headers) => ({ ...fields, headers: [...fields.headers, ...headers] })

export const cgi = (name) => `HTTP_${name.toUpperCase().replaceAll('-', '_')}`
