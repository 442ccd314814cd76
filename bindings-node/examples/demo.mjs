// For some providers a genuine delivery, and how many forged ones are refused; and the inbox.
// `make demo` builds the package and runs this with it.
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { VerificationError, Webhook } from 'hookseal'
import { demonstrate } from './demo-inbox.mjs'

const { version } = createRequire(import.meta.url)('hookseal/package.json')

// The insurers, and three whose ways to sign are common.
const shown = ['claimport', 'coverkit', 'github', 'kasko', 'mycover', 'standard-webhooks', 'stripe']

function firstSample(provider) {
  const folder = new URL(`../../core/providers/${provider}/samples/`, import.meta.url)
  return JSON.parse(readFileSync(new URL(readdirSync(folder).sort()[0], folder), 'utf8'))
}

function verify(provider, { secrets, body, headers, now }) {
  return new Webhook(provider, secrets).verify(Buffer.from(body), headers, { now: now && now * 1000 })
}

/** The sample, spoiled in each way in turn. */
function* forgeries(sample) {
  const { body, headers } = sample
  const isSignature = ([name]) => /signature/i.test(name)

  yield { ...sample, body: body.replace('a', 'b') }
  // Base64 behind its prefix, so that it can be a secret of every scheme.
  yield { ...sample, secrets: `whsec_${'QUJD'.repeat(8)}` }
  yield { ...sample, headers: headers.filter((header) => !isSignature(header)) }
  const half = ([name, value]) => [name, value.slice(0, value.length / 2)]
  yield { ...sample, headers: headers.map((header) => (isSignature(header) ? half(header) : header)) }
  yield { ...sample, body: JSON.stringify(JSON.parse(body, sorted), null, 2) }
  if (sample.now) yield { ...sample, now: sample.now + 3600 }
}

function sorted(key, value) {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject ? Object.fromEntries(Object.entries(value).sort()) : value
}

function isRefused(provider, forgery) {
  try {
    verify(provider, forgery)
    return false
  } catch (error) {
    if (error instanceof VerificationError) return true
    throw error
  }
}

console.log(`Node ${process.versions.node}, hookseal ${version}`)
let total = 0
for (const provider of shown) {
  const sample = firstSample(provider)
  const event = verify(provider, sample)
  const refused = [...forgeries(sample)].filter((forgery) => isRefused(provider, forgery)).length
  const unsigned = event.unsigned.length > 0 ? `; not signed: ${event.unsigned.join(', ')}` : ''
  console.log(`  ✓ ${provider.padEnd(18)} ${event.type}, ${event.id}; ✗ ${refused} forgeries${unsigned}`)
  total += refused
}
console.log(`${shown.length} genuine deliveries verified, ${total} forgeries refused`)
await demonstrate()
