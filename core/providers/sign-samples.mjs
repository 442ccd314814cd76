// Signs the sample deliveries with Node's own crypto, so that they are genuine by another hand than ours.
//
//   node core/providers/sign-samples.mjs           rewrites the samples whose signature is not right
//   node core/providers/sign-samples.mjs --check   changes nothing, names them and exits 1
//
// A sample is edited by hand, in `<provider>/samples/`. What depends on its body and secret is computed here: the
// signature header, and `dedupe_key`. How a provider signs stands in its `sign.mjs`, written after the provider's own
// documentation and not after scheme.toml, with two exports:
//
//   sign({ body, secret, header, now, constants })   the headers of the signature, as an object. `header(name)` gives
//                                         another header's value, `now` is the time of the delivery in Unix seconds,
//                                         `constants` are those of the sample's options
//   authenticated(body)                   optional: the bytes that are signed and thus read, if not the body itself
//
// A sample with a `source` has the signature of the provider's own, and is not signed here: what `sign` makes of it must
// be the same, if there is a `sign.mjs`.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'

const check = process.argv.includes('--check')
const here = new URL('.', import.meta.url)
const stale = []
let count = 0

for (const folder of readdirSync(here, { withFileTypes: true })) {
  if (!folder.isDirectory()) continue
  const provider = new URL(`${folder.name}/`, here)
  const signer = new URL('sign.mjs', provider)
  const { sign, authenticated = (body) => body } = existsSync(signer) ? await import(signer) : {}
  const samples = new URL('samples/', provider)
  for (const name of readdirSync(samples).filter((name) => name.endsWith('.json')).sort()) {
    const path = new URL(name, samples)
    const before = readFileSync(path, 'utf8')
    const after = JSON.stringify(signed(JSON.parse(before), sign, authenticated), null, 2) + '\n'
    count += 1
    if (after === before) continue
    stale.push(`${folder.name}/samples/${name}`)
    if (!check) writeFileSync(path, after)
  }
}

for (const path of stale) console.log(`${check ? 'stale' : 'signed'}: ${path}`)
console.log(`${count} samples, ${stale.length} ${check ? 'stale' : 'rewritten'}`)
if (count === 0 || (check && stale.length > 0)) process.exitCode = 1

function signed(sample, sign, authenticated) {
  const event = sample.expect.event
  const header = (name) => sample.headers.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1]
  const body = sample.body ?? Buffer.from(sample.body_base64, 'base64')
  if (!sign && !sample.source) throw new Error(`${sample.name}: a sample needs a sign.mjs, or the source of its signature`)
  const made = sign?.({ body, secret: sample.secrets[event.key_index], header, now: sample.now, constants: sample.options?.constants }) ?? {}
  for (const [name, value] of Object.entries(made)) {
    const pair = sample.headers.find(([key]) => key.toLowerCase() === name.toLowerCase())
    if (sample.source && pair?.[1] !== value) throw new Error(`${sample.name}: ${name} is ${pair?.[1]} there, and ${value} here`)
    if (pair) pair[1] = value
    else sample.headers.push([name, value])
  }
  const id = event.id !== null && !event.unsigned.includes('id')
  const digest = createHash('sha256').update(authenticated(body)).digest('hex')
  event.dedupe_key = id ? `${event.provider}:${event.id}` : `${event.provider}:${event.type}:${digest}`
  return sample
}
