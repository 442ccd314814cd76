'use strict'

/** The providers' own documented Node code beside ours. */

const assert = require('node:assert/strict')
const { spawnSync } = require('node:child_process')
const path = require('node:path')
const { test } = require('node:test')

const { Webhook } = require('hookseal')
const { root, samples } = require('./vectors')

const snippets = {
  mycover: { secret: 'MCASECK|49939d32-f649-4de4-ab35-51060ca292f9', header: 'x-mycoverai-signature', prefix: '' },
  claimport: { secret: 'whsec_claimport_5c2f0a9d', header: 'X-ClaimPort-Signature', prefix: 'sha256=' }
}

for (const [provider, { secret, header, prefix }] of Object.entries(snippets)) {
  test(`what ${provider} documents signs as we do`, () => {
    const bodies = samples()
      .filter((sample) => sample.provider === provider)
      .flatMap(({ body }) => [body, JSON.stringify(JSON.parse(body), null, 2)])
      .concat('{"b":1.0,"2":"é","1":"\\u0041","type":"t","event":"e"}')
    assert.equal(bodies.length, 23)
    const webhook = new Webhook(provider, secret)
    const signatures = answers(path.join(root, `tests/snippets/${provider}.cjs`), bodies)
    bodies.forEach((body, index) => {
      const signature = prefix + signatures[index]
      assert.equal(webhook.sign(body)[header], signature)
      assert.equal(webhook.verify(body, { [header]: signature }).provider, provider)
    })
  })
}

/** What a snippet answers, in frames of a length and as many bytes. */
function answers(script, bodies) {
  const input = Buffer.concat(bodies.map((body) => frame(Buffer.from(body))))
  const { stdout, status, stderr } = spawnSync(process.execPath, [script], { input, maxBuffer: 1 << 24 })
  assert.equal(status, 0, String(stderr))
  const found = []
  for (let at = 0; at < stdout.length; ) {
    const length = stdout.readUInt32BE(at)
    found.push(stdout.toString('utf8', at + 4, at + 4 + length))
    at += 4 + length
  }
  return found
}

function frame(bytes) {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}
