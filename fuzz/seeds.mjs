// Writes seeds for the fuzz targets, from the conformance cases and the providers' samples:
//
//   node fuzz/seeds.mjs
//
// They go to `corpus/<target>/`, where libFuzzer adds what it finds. Fields are as the targets say, a zero byte between.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'

const here = new URL('.', import.meta.url)
const zero = Buffer.from([0])
const counts = {}

function seed(target, fields) {
  const content = Buffer.concat(fields.flatMap((field, at) => (at ? [zero, Buffer.from(field)] : [Buffer.from(field)])))
  const folder = new URL(`corpus/${target}/`, here)
  mkdirSync(folder, { recursive: true })
  writeFileSync(new URL(`seed-${createHash('sha256').update(content).digest('hex').slice(0, 16)}`, folder), content)
  counts[target] = (counts[target] ?? 0) + 1
}

const lines = (headers) => headers.map((pair) => pair.join(': ')).join('\n')
const json = (folder) =>
  readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'schema.json')
    .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')))
const providers = new URL('../core/providers/', here)
const folders = readdirSync(providers, { withFileTypes: true }).filter((entry) => entry.isDirectory())

const cases = [
  ...json(new URL('../tests/vectors/', here)).flatMap((file) => file.cases),
  ...folders.flatMap(({ name }) => json(new URL(`${name}/samples/`, providers))),
]
for (const { provider, scheme, secrets, headers = [], body, body_base64 } of cases) {
  const bytes = body === undefined ? Buffer.from(body_base64 ?? '', 'base64') : Buffer.from(body)
  // A huge case tries nothing that a small one does not.
  if (bytes.length > 8192) continue
  const secret = secrets?.[0] ?? 'a secret'
  if (provider) seed('verify', [provider, secret, lines(headers), bytes])
  if (scheme) seed('scheme', [JSON.stringify(scheme), secret, bytes])
  seed('ecmascript', [bytes])
}

const broken = JSON.parse(readFileSync(new URL('../tests/explain/cases.json', import.meta.url), 'utf8'))
for (const { provider, secrets, headers, body, body_base64 } of broken.cases) {
  const bytes = body === undefined ? Buffer.from(body_base64, 'base64') : Buffer.from(body)
  seed('explain', [provider, secrets?.[0] ?? '', lines(headers), bytes])
}

const adapters = JSON.parse(readFileSync(new URL('../tests/adapters/cases.json', import.meta.url), 'utf8'))
for (const { request } of adapters.cases) {
  const encoding = request.headers.find(([name]) => name === 'Content-Encoding')
  if (encoding && request.body_base64) seed('encoding', [encoding[1], Buffer.from(request.body_base64, 'base64')])
}

for (const { name } of folders) {
  const toml = readFileSync(new URL(`${name}/scheme.toml`, providers), 'utf8')
  seed('scheme', [toml.replace(/^(source|note) = .*\n/gm, ''), 'a secret', '{"type":"a"}'])
}

const values = [
  '{right}', '{wrong}', 'sha256={right}', 'v1,{right}', 'v1,{wrong} v1,{right}', 'v1a,{right} v1,{right}',
  '{wrong},{right}', 'sha1={wrong}, sha1={right}', 't=1760000000,v1={right}', 't=1760000000,v1={wrong},v1={right}',
  'ts=1760000000;h1={right}', 'ts=1759999700; h1={right}', 's={right}', 'v=1760000000;vv={right}',
  't=1,t=2,v1={right}', 't=01760000000,v0={right},v1={right}', '', ' ', ',',
]
for (const [at, value] of values.entries()) {
  for (let layout = 0; layout < 10; layout += 1) seed('headers', [`${layout}${at % 4}${at % 3}`, value])
}

console.log(counts)
