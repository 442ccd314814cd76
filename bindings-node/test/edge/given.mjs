// What each module is given: all that it has to know, and how much that is.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const { root, samples, vectors } = createRequire(import.meta.url)('../vectors.js')

/** How many cases there are, and how many are left for a module that reads no schemes. */
const VECTORS = 2457
const OF_PROVIDERS = 1590
/** The fewest samples: a provider more has more. */
const SAMPLES = 156
/** The fewest cases for a module without public keys. */
const SMALL = 1706
const BROKEN = 381

const { cases: broken } = JSON.parse(readFileSync(join(root, 'tests/explain/cases.json'), 'utf8'))
const all = vectors()
const ofProviders = all.filter((one) => one.scheme === undefined)
assert.deepEqual([all.length, ofProviders.length, broken.length], [VECTORS, OF_PROVIDERS, BROKEN])
assert.ok(samples().length >= SAMPLES)

export const given = {
  explain: { vectors: [...all, ...samples()], broken },
  keys: { vectors: [...ofProviders, ...samples()], broken: [] },
  small: { vectors: [...ofProviders, ...samples()].filter((one) => !needsPublicKeys(one)), broken: [] }
}

assert.ok(given.small.vectors.length >= SMALL)

/** Whether the sender signs with a private key: all its algorithms are such, or the case has a key of a pair. */
function needsPublicKeys({ provider, secrets = [] }) {
  const file = join(root, 'core/providers', provider, 'scheme.toml')
  // One that is not known.
  if (!existsSync(file)) return false
  const scheme = readFileSync(file, 'utf8')
  const algorithms = [...scheme.matchAll(/^ *algorithm = "([\w-]+)"/gm)].map(([, algorithm]) => /^(ecdsa|ed25519|rsa)/.test(algorithm))
  return !algorithms.includes(false) || (algorithms.includes(true) && secrets.some((text) => /-----BEGIN|whpk_|whsk_|^\{/.test(text)))
}

/** That a run was of all of it, and that nothing went wrong. */
export function check(name, { vectors, broken, failures }) {
  assert.deepEqual(failures, [], `${failures.length} failed`)
  assert.deepEqual([vectors, broken], [given[name].vectors.length, given[name].broken.length])
}
