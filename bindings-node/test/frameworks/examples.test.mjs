// Starts each example as its reader would, and delivers to it.
import assert from 'node:assert/strict'
import { cpSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { dependenciesOf, source, start } from '../packages/kit.mjs'
import { deliver, load, sample } from './kit.mjs'
import { invocations } from './lambda-invocations.mjs'

const frameworks = dirname(dirname(dirname(load.resolve('hookseal/package.json'))))

function copied(name) {
  const folder = join(frameworks, 'examples', name)
  rmSync(folder, { recursive: true, force: true })
  cpSync(join(source, 'examples', name), folder, { recursive: true })
  return folder
}

const servers = {
  express: ['kasko', 'policy.created', 'KASKO_SECRET', 204, 'policy TEST-POLICY-12345 of '],
  fastify: ['coverkit', 'policy.created', 'COVERKIT_SECRET', 204, 'policy.created '],
  hono: ['claimport', 'claim.created', 'CLAIMPORT_SECRET', 200, 'claim.created '],
  nest: ['kasko', 'policy.created', 'KASKO_SECRET', 204, 'policy TEST-POLICY-12345 of ']
}

for (const [name, [provider, type, secret, status, told]] of Object.entries(servers)) {
  test(`example: ${name}`, { timeout: 90_000 }, async (t) => {
    const delivery = sample(provider, type)
    const env = { PORT: '0', [secret]: delivery.secret }
    const { url, printed } = await start(t, ['npm', 'start', '--silent'], { cwd: copied(name), env })
    const path = `${url}/webhooks/${provider}`
    assert.equal((await deliver(path, delivery)).status, status)
    assert.ok(printed().includes(told), printed())
    assert.equal((await deliver(path, delivery, { body: delivery.body + ' ' })).status, 401)
    // A second time, as providers do.
    assert.equal((await deliver(path, delivery)).status, status)
    assert.equal(printed().split(told).length, name === 'fastify' ? 2 : 3)
  })
}

test('example: aws-lambda', async () => {
  const delivery = sample('claimport', 'claim.created')
  process.env.CLAIMPORT_SECRET = delivery.secret
  const { handler } = await import(pathToFileURL(join(copied('aws-lambda'), 'index.js')))
  const invocation = invocations['function URL'].invocation({ method: 'POST', ...delivery })
  assert.equal((await handler(invocation, {})).statusCode, 200)
  assert.equal((await handler({ ...invocation, body: '{}' }, {})).statusCode, 401)
})

for (const name of [...Object.keys(servers), 'aws-lambda']) {
  test(`example: ${name} depends on what is tested`, () => {
    const { declared, installed } = dependenciesOf(name, frameworks)
    assert.deepEqual(declared, installed)
  })
}
