// The packed package, without a native library, in each runtime.
import assert from 'node:assert/strict'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { runAsync, sample } from '../packages/kit.mjs'
import { check, given } from './given.mjs'
import { build, chromium, load, programs, worker } from './runtimes.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))
const { build: bundle } = load('esbuild')
const timeout = 300_000

cpSync(here, build, { recursive: true, filter: (path) => !path.includes('package') })
cpSync(join(here, '../../examples/workers'), join(build, 'example'), { recursive: true })
const file = join(build, 'given.json')
writeFileSync(file, JSON.stringify(given.explain))

for (const [name, program] of Object.entries(programs(file))) {
  test(`${name}: all cases`, { timeout }, async () => {
    check('explain', JSON.parse(await runAsync([...program, 'program.mjs', file], { cwd: build })))
  })
}

test('Node says once that it has no native library', { timeout }, async () => {
  const program = "require('hookseal'); import('hookseal').then(() => require('hookseal/fetch'))"
  const { spawnSync } = await import('node:child_process')
  const { stderr, status } = spawnSync(process.execPath, ['--eval', program], { cwd: build, encoding: 'utf8' })
  assert.equal(status, 0, stderr)
  assert.equal(stderr.split('HOOKSEAL_FALLBACK').length, 2, stderr)
  assert.match(stderr, /cannot load its native library .*npm install @hookseal\/node-.* WebAssembly module is used instead/s)
})

test('an instance that fails or has grown is replaced', { timeout }, async () => {
  const { rounds, before, after } = JSON.parse(await runAsync([process.execPath, 'instances.mjs'], { cwd: build }))
  assert.equal(rounds, 100_000)
  // The webhooks that were built may be there still.
  assert.ok(after <= before + (4 << 20), `${before} bytes became ${after}`)
})

test('workerd: all cases', { timeout }, async (t) => {
  const { url } = await worker(t, 'worker/cases.mjs')
  for (const name of Object.keys(given)) {
    const response = await fetch(`${url}/${name}`, { method: 'POST', body: JSON.stringify(given[name]) })
    check(name, await response.json())
  }
})

test('workerd: a receiver asked over HTTP', { timeout }, async (t) => {
  const { secrets, headers, body } = JSON.parse(readFileSync(sample('kasko', 'policy.created'), 'utf8'))
  const { url, prints } = await worker(t, 'example/worker.js', `(name = "KASKO_SECRET", text = ${JSON.stringify(secrets[0])})`)
  const post = async (init) => {
    const response = await fetch(url, { method: 'POST', headers, body, duplex: 'half', ...init })
    return [response.status, await response.text()]
  }
  assert.deepEqual(await post(), [200, ''])
  await prints(/policy TEST-POLICY-12345/)
  assert.deepEqual(await post({ body: '{}' }), [401, '{"error":"signature_mismatch"}'])
  assert.deepEqual(await post({ headers: {} }), [401, '{"error":"missing_header"}'])
  const long = ' '.repeat(1024 * 1024 + 1)
  assert.deepEqual(await post({ body: long }), [413, '{"error":"body_too_large"}'])
  assert.deepEqual(await post({ body: new Blob([long]).stream() }), [413, '{"error":"body_too_large"}'])
  assert.deepEqual(await post(), [200, ''])
  assert.equal((await fetch(url)).status, 405)
})

test('Chromium: all cases', { timeout }, async (t) => {
  const { outputFiles } = await bundle({
    entryPoints: [join(build, 'page.mjs')],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    write: false
  })
  const server = createServer((request, response) => {
    const isScript = request.url === '/page.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.setHeader('content-security-policy', "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'")
    response.end(isScript ? outputFiles[0].text : '<!doctype html><title>hookseal</title><script type="module" src="/page.js"></script>')
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const browser = await chromium()
  t.after(() => browser.close())
  const page = await browser.newPage()
  const thrown = []
  page.on('pageerror', (error) => thrown.push(error.message))
  await page.goto(`http://127.0.0.1:${server.address().port}/`)
  for (const name of Object.keys(given)) {
    check(name, await page.evaluate(([library, cases]) => runCases(library, cases), [name, JSON.stringify(given[name])]))
  }
  assert.deepEqual(thrown, [])
})
