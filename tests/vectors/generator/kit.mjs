// What every group of cases is built with: digests, a seeded generator, and a writer of readable JSON.
import { createHash, createHmac } from 'node:crypto'

/** The clock of every case that needs one: 2025-10-09T08:53:20Z. */
export const NOW = 1_760_000_000

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')

export function hmac(algorithm, key, ...parts) {
  const state = createHmac(algorithm, key)
  for (const part of parts) state.update(part)
  return state.digest()
}

export const hex = (algorithm, key, ...parts) => hmac(algorithm, key, ...parts).toString('hex')

/** mulberry32: the same numbers on every machine, from a word that names their use. */
export function random(seed) {
  let state = Number.parseInt(sha256(seed).slice(0, 8), 16)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** JSON text that goes into a file as it stands: integers that a double cannot hold. */
export class Raw {
  constructor(text) {
    JSON.parse(text)
    this.text = text
  }
}

export const raw = (text) => new Raw(text)

/** The payload has no data, which is not the same as having null. */
export const NONE = Symbol('no data')

/** A group of cases: one file. */
export function suite(name, description) {
  const cases = []
  const add = (label, { why, provider, scheme, secrets, headers, body, now, tolerance, request, options }, expect) => {
    const entry = { name: `${name}/${label}` }
    if (why !== undefined) entry.why = why
    if (provider !== undefined) entry.provider = provider
    if (scheme !== undefined) entry.scheme = scheme
    if (secrets.some((secret) => Buffer.isBuffer(secret))) {
      entry.secrets_base64 = secrets.map((secret) => Buffer.from(secret).toString('base64'))
    } else entry.secrets = secrets
    entry.headers = headers
    if (Buffer.isBuffer(body)) entry.body_base64 = body.toString('base64')
    else entry.body = body
    if (now !== undefined) entry.now = now
    if (tolerance !== undefined) entry.tolerance = tolerance
    if (request !== undefined) entry.request = request
    if (options !== undefined) entry.options = options
    entry.expect = expect
    cases.push(entry)
  }
  return {
    name,
    description,
    cases,
    accept(label, fields, event, canonical) {
      add(label, fields, canonical === undefined ? { event } : { canonical, event })
    },
    refuse(label, fields, error) {
      add(label, fields, { error })
    },
  }
}

// Characters that a reader of the file could not see, or would take for another.
const UNSEEN =
  /[\u007f-\u00a0\u00ad\u0300-\u036f\u061c\u017f\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u212a\u3000\ufdd0-\ufdef\ufeff\ufff0-\ufffc\ufffe\uffff\u{1fffe}\u{1ffff}\u{10fffe}\u{10ffff}]/gu

const escaped = (character) =>
  [...Array(character.length).keys()]
    .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
    .join('')

const quoted = (string) => JSON.stringify(string).replace(UNSEEN, escaped)

function inline(value) {
  if (value instanceof Raw) return value.text
  if (typeof value === 'string') return quoted(value)
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const members = Object.keys(value).map((key) => `${quoted(key)}: ${inline(value[key])}`)
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}

const WIDTH = 100

// A header and its value.
const isPair = (value) => Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string')

/** Two spaces a level; what fits on a line stays on it, save the outer three levels. */
export function write(value, indent = '', level = 0) {
  const short = inline(value)
  const container = value !== null && typeof value === 'object' && !(value instanceof Raw)
  if (!container || isPair(value) || (level > 2 && indent.length + short.length <= WIDTH)) return short
  const deeper = `${indent}  `
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    return `[\n${value.map((item) => deeper + write(item, deeper, level + 1)).join(',\n')}\n${indent}]`
  }
  const members = Object.keys(value).map(
    (key) => `${deeper}${quoted(key)}: ${write(value[key], deeper, level + 1)}`,
  )
  return members.length === 0 ? '{}' : `{\n${members.join(',\n')}\n${indent}}`
}
