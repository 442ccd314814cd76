// Builds with webpack and with Next.js what uses the package, and uses what they built.
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { build, dependenciesOf, fresh, runAsync, sample, source, start, tool } from './kit.mjs'

const load = createRequire(join(build, 'package.json'))

const external = {
  'all of the package outside': { externals: [/^hookseal(\/|$)/], warns: false },
  // The loader names a library for each platform that there is: webpack tells which it did not find.
  'the native library outside': { externals: [/^@hookseal\//], warns: true }
}

for (const [name, { externals, warns }] of Object.entries(external)) {
  test(`webpack, ${name}`, { timeout: 900_000 }, async () => {
    const folder = fresh('webpack', join(source, 'test/packages/webpack'))
    const stats = await promisify(load('webpack'))({
      context: folder,
      entry: './entry.mjs',
      mode: 'production',
      target: 'node18',
      externalsType: 'commonjs',
      externals,
      output: { path: join(folder, 'dist'), filename: 'bundle.cjs' }
    })
    const { errors, warnings } = stats.toJson({ errors: true, warnings: true })
    assert.deepEqual(errors, [])
    assert.deepEqual(warnings.filter(({ moduleName }) => !(warns && moduleName.endsWith('/hookseal/lib/binding.js'))), [])
    const bundle = join(folder, 'dist/bundle.cjs')
    const printed = await runAsync([process.execPath, bundle, sample('kasko', 'policy.created')], { cwd: folder })
    assert.equal(printed.trim(), '200,401 policy.created SignatureMismatchError')
  })
}

test('Next.js', { timeout: 900_000 }, async (t) => {
  const folder = fresh('next', join(source, 'examples/next'))
  const { declared, installed } = dependenciesOf('next', build)
  assert.deepEqual(declared, installed)
  const { secrets, headers, body } = JSON.parse(readFileSync(sample('mycover', 'purchase.successful'), 'utf8'))
  const kasko = JSON.parse(readFileSync(sample('kasko', 'policy.created'), 'utf8'))
  const env = { NEXT_TELEMETRY_DISABLED: '1', MYCOVER_API_KEY: secrets[0], KASKO_SECRET: kasko.secrets[0] }
  for (const [name, page] of Object.entries(pages)) writeFileSync(join(folder, 'pages/api', `${name}.js`), page)
  const next = [process.execPath, tool(build, 'next')]
  mkdirSync(join(folder, 'app/edge'))
  writeFileSync(join(folder, 'app/edge/route.js'), edgeRoute)
  // Built without the secret, as it is elsewhere.
  await runAsync([...next, 'build'], { cwd: folder, env: { ...env, MYCOVER_API_KEY: '' }, timeout: 900_000 })
  const { url, prints, printed } = await start(t, [...next, 'start', '--port', '0', '--hostname', '127.0.0.1'], { cwd: folder, env })

  const post = async (init) => {
    const response = await fetch(`${url}/webhooks/mycover`, { method: 'POST', headers, body, duplex: 'half', ...init })
    return [response.status, await response.text()]
  }
  assert.deepEqual(await post(), [200, ''])
  await prints(/^purchase\.successful /m)
  assert.deepEqual(await post({ body: `${body.slice(0, -1)},"a":1}` }), [401, '{"error":"signature_mismatch"}'])
  assert.deepEqual(await post({ headers: {} }), [401, '{"error":"missing_header"}'])
  const long = ' '.repeat(1024 * 1024 + 1)
  assert.deepEqual(await post({ body: long }), [413, '{"error":"body_too_large"}'])
  assert.deepEqual(await post({ body: new Blob([long]).stream() }), [413, '{"error":"body_too_large"}'])
  assert.deepEqual(await post(), [200, ''])
  assert.equal((await fetch(`${url}/webhooks/mycover`)).status, 405)
  assert.equal(printed().includes(secrets[0]), false)

  const toEdge = async (content) => {
    const response = await fetch(`${url}/edge`, { method: 'POST', headers: kasko.headers, body: content })
    return [response.status, await response.text()]
  }
  assert.deepEqual(await toEdge(kasko.body), [200, ''])
  await prints(/^string: policy TEST-POLICY-12345$/m)
  assert.deepEqual(await toEdge(kasko.body + ' '), [401, '{"error":"signature_mismatch"}'])
  assert.deepEqual(await toEdge(long), [413, '{"error":"body_too_large"}'])

  const toPage = async (name, init) => {
    const signal = AbortSignal.timeout(300_000)
    const response = await fetch(`${url}/api/${name}`, { method: 'POST', headers: kasko.headers, body: kasko.body, signal, ...init })
    return [response.status, await response.text()]
  }
  assert.deepEqual(await toPage('webhooks/kasko'), [204, ''])
  await prints(/^policy TEST-POLICY-12345 of /m)
  assert.deepEqual(await toPage('webhooks/kasko', { body: kasko.body + ' ' }), [401, '{"error":"signature_mismatch"}'])
  assert.deepEqual(await toPage('webhooks/kasko', { body: long }), [413, '{"error":"body_too_large"}'])
  assert.deepEqual(await toPage('parsed'), [500, '{"error":"body_already_read"}'])
  await prints(/`export const config = \{ api: \{ bodyParser: false \} \}`/)
  // What is wrong with the program is told, and no request waits for an answer that never comes.
  assert.equal((await toPage('broken'))[0], 500)
  await prints(/no database/)
  assert.equal((await toPage('fetch'))[0], 500)
  await prints(/its adapter is hookseal\/express/)
  assert.equal(printed().includes(kasko.secrets[0]), false)
})

/** A route in the edge runtime, which has no native library. */
const edgeRoute = `
import { Webhook } from 'hookseal'
import { webhookHandler } from 'hookseal/fetch'

export const runtime = 'edge'

let receive
export function POST(request) {
  receive ??= webhookHandler(new Webhook('kasko', process.env.KASKO_SECRET), (event) => {
    console.log(\`\${typeof EdgeRuntime}: policy \${event.data.policy_id}\`)
  })
  return receive(request)
}
`

/** Pages whose programs have a mistake. */
const page = (adapter, handler, more = '') => `
import { Webhook } from 'hookseal'
import { webhookHandler } from 'hookseal/${adapter}'
${more}
let receive
export default function handler(...request) {
  receive ??= webhookHandler(new Webhook('kasko', process.env.KASKO_SECRET), ${handler})
  return receive(...request)
}
`
const bodyParser = 'export const config = { api: { bodyParser: false } }'
const pages = {
  parsed: page('express', '(_event, _req, res) => res.status(204).end()'),
  broken: page('express', "() => { throw new Error('no database') }", bodyParser),
  fetch: page('fetch', '() => {}', bodyParser)
}
