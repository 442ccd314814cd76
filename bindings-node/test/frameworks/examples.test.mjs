// Starts each example as its reader would, and delivers to it.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { cpSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
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
  'cloud-functions': ['kasko', 'policy.created', 'KASKO_SECRET', 204, 'policy TEST-POLICY-12345 of '],
  express: ['kasko', 'policy.created', 'KASKO_SECRET', 204, 'policy TEST-POLICY-12345 of '],
  fastify: ['coverkit', 'policy.created', 'COVERKIT_SECRET', 204, 'policy.created '],
  hapi: ['claimport', 'claim.created', 'CLAIMPORT_SECRET', 204, 'claim.created '],
  hono: ['claimport', 'claim.created', 'CLAIMPORT_SECRET', 200, 'claim.created '],
  koa: ['coverkit', 'policy.created', 'COVERKIT_SECRET', 204, 'policy.created '],
  nest: ['kasko', 'policy.created', 'KASKO_SECRET', 204, 'policy TEST-POLICY-12345 of ']
}

for (const [name, [provider, type, secret, status, told]] of Object.entries(servers)) {
  test(`example: ${name}`, { timeout: 600_000 }, async (t) => {
    const delivery = sample(provider, type)
    const env = { PORT: await freePort(), [secret]: delivery.secret }
    const { url, printed, prints } = await start(t, ['npm', 'start', '--silent'], { cwd: copied(name), env })
    const path = `${url}/webhooks/${provider}`
    assert.equal((await deliver(path, delivery)).status, status)
    await prints(new RegExp(told))
    assert.equal((await deliver(path, delivery, { body: delivery.body + ' ' })).status, 401)
    // A second time, as providers do.
    assert.equal((await deliver(path, delivery)).status, status)
    if (name === 'fastify') assert.equal(printed().split(told).length, 2)
    else await prints(new RegExp(`${told}[^]*${told}`))
  })
}

/** Cloud Functions do not say which port they chose. */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return String(port)
}

test('example: azure-functions', async () => {
  const { HttpRequest, HttpResponse } = load('@azure/functions')
  const delivery = sample('claimport', 'claim.created')
  process.env.CLAIMPORT_SECRET = delivery.secret
  const { receive } = await import(pathToFileURL(join(copied('azure-functions'), 'index.js')))
  const logged = []
  const answer = async (body) => {
    const request = new HttpRequest({ url: 'http://localhost/', method: 'POST', headers: delivery.headers, body: { string: body } })
    const response = new HttpResponse(await receive(request, { log: (line) => logged.push(line) }))
    return [response.status, await response.text()]
  }
  assert.deepEqual(await answer(delivery.body), [200, ''])
  assert.deepEqual(await answer('{}'), [401, '{"error":"signature_mismatch"}'])
  assert.equal(logged.length, 1)
  assert.match(logged[0], /^claim\.created /)
})

test('example: aws-lambda', async () => {
  const delivery = sample('claimport', 'claim.created')
  process.env.CLAIMPORT_SECRET = delivery.secret
  const { handler } = await import(pathToFileURL(join(copied('aws-lambda'), 'index.js')))
  const invocation = invocations['function URL'].invocation({ method: 'POST', ...delivery })
  assert.equal((await handler(invocation, {})).statusCode, 200)
  assert.equal((await handler({ ...invocation, body: '{}' }, {})).statusCode, 401)
})

for (const name of [...Object.keys(servers), 'aws-lambda', 'azure-functions']) {
  test(`example: ${name} depends on what is tested`, () => {
    const { declared, installed } = dependenciesOf(name, frameworks)
    assert.deepEqual(declared, installed)
  })
}
