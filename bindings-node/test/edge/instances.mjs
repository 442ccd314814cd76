// What becomes of an instance: one that has trapped or grown is wiped and replaced, and its webhooks are built again; the memory
// of one that verifies on and on does not grow.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'

const ROUNDS = Number(process.argv[2] ?? 100_000)
const WEBHOOKS = 1000

const instances = []
let trap = false
const { Instance } = WebAssembly
WebAssembly.Instance = function counted(module, imports) {
  const { exports } = new Instance(module, imports)
  const { hookseal_verify: verify } = exports
  instances.push({
    ...exports,
    hookseal_verify(webhook, head, headLength, body, length, now) {
      // A body that ends beyond the memory.
      const given = trap ? 0x7fff_fff0 : length
      trap = false
      return verify(webhook, head, headLength, body, given, now)
    }
  })
  return { exports: instances.at(-1) }
}

const { Webhook, Scheme } = createRequire(import.meta.url)('hookseal')
const secret = 'a secret to be looked for'
const kasko = new Webhook('kasko', secret)
const stripe = new Webhook('stripe', secret, { tolerance: 60 })
const body = '{"id":"evt_1","type":"policy.created","created":1}'
const signed = stripe.sign(body)
const { scheme } = stripe
const holds = ({ memory }) => Buffer.from(memory.buffer).includes(secret)

assert.equal(stripe.verify(body, signed).id, 'evt_1')
assert.equal(instances.length, 1)

trap = true
assert.throws(() => stripe.verify(body, signed), { name: 'RangeError', message: /^hookseal failed: please report this/ })
assert.ok(Buffer.from(instances[0].memory.buffer).every((byte) => byte === 0), 'the memory was not wiped')
assert.equal(stripe.verify(body, signed).id, 'evt_1')
assert.equal(instances.length, 2)
assert.throws(() => stripe.verify(`${body} `, signed), { code: 'signature_mismatch' })
assert.throws(() => kasko.verify(body, {}), { code: 'missing_header' })
assert.deepEqual([scheme.title, stripe.scheme.title, Scheme.provider('stripe').title], ['Stripe', 'Stripe', 'Stripe'])

const long = Buffer.from(JSON.stringify({ id: 'long', type: 'policy.created', created: 1, data: 'x'.repeat(20 << 20) }))
assert.equal(stripe.verify(long, stripe.sign(long)).id, 'long')
assert.equal(stripe.verify(body, signed).id, 'evt_1')
assert.ok(instances.at(-1).memory.buffer.byteLength < 4 << 20, 'a long body has left a large memory')
assert.throws(() => stripe.verify(new Uint8Array(65 << 20), signed), { name: 'RangeError', message: /too long/ })
assert.equal(stripe.verify(body, signed).id, 'evt_1')

// Neither a secret nor a private header is left where messages were written.
assert.ok(!instances.slice(0, -1).some(holds), 'a secret is left in an instance that is given up')

const { length } = instances
const before = instances.at(-1).memory.buffer.byteLength
for (let round = 0; round < ROUNDS; round += 1) stripe.verify(body, signed)
assert.equal(instances.at(-1).memory.buffer.byteLength, before, 'verifying has grown the memory')
for (let built = 0; built < WEBHOOKS; built += 1) new Webhook('kasko', secret)
assert.equal(instances.length, length)
console.log(JSON.stringify({ rounds: ROUNDS, before, after: instances.at(-1).memory.buffer.byteLength }))
