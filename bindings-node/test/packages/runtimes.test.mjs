// Runs the package in Bun and in Deno.
import assert from 'node:assert/strict'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { build, fresh, runAsync, sample, source, start } from './kit.mjs'

/** The binary of the platform package that was installed. */
function binary(scope, path) {
  const folder = join(build, 'node_modules', scope)
  return readdirSync(folder).map((name) => join(folder, name, path)).find((candidate) => existsSync(candidate))
}

const permissions = ['--no-prompt', '--allow-net', '--allow-env', '--allow-read', '--allow-ffi']
const runtimes = {
  bun: [binary('@oven', 'bin/bun')],
  deno: [binary('@deno', 'deno'), 'run', ...permissions]
}
const path = sample('kasko', 'policy.created')
const { secrets, headers, body } = JSON.parse(readFileSync(path, 'utf8'))

for (const [name, program] of Object.entries(runtimes)) {
  test(`${name}: ESM and CommonJS`, { timeout: 900_000 }, async () => {
    const folder = fresh(`smoke-${name}`, join(source, 'test/packages/smoke'))
    assert.match(await runAsync([...program, 'smoke.mjs', path], { cwd: folder }), /ESM works/)
    assert.match(await runAsync([...program, 'smoke.cjs', path], { cwd: folder }), /CommonJS works/)
  })

  test(`${name}: its server`, { timeout: 900_000 }, async (t) => {
    const folder = fresh(name, join(source, 'examples', name))
    const env = { PORT: '0', KASKO_SECRET: secrets[0] }
    const { url, prints } = await start(t, [...program, 'server.js'], { cwd: folder, env })
    const post = async (init) => {
      const response = await fetch(`${url}/webhooks/kasko`, { method: 'POST', headers, body, duplex: 'half', ...init })
      return [response.status, await response.text()]
    }
    assert.deepEqual(await post(), [200, ''])
    await prints(/^policy\.created /m)
    assert.deepEqual(await post({ body: '{}' }), [401, '{"error":"signature_mismatch"}'])
    assert.deepEqual(await post({ headers: {} }), [401, '{"error":"missing_header"}'])
    const long = ' '.repeat(2 * 1024 * 1024)
    assert.deepEqual(await post({ body: long }), [413, '{"error":"body_too_large"}'])
    assert.deepEqual(await post({ body: new Blob([long]).stream() }), [413, '{"error":"body_too_large"}'])
    assert.deepEqual(await post(), [200, ''])
    assert.equal((await fetch(`${url}/webhooks/kasko`)).status, 405)
  })
}
