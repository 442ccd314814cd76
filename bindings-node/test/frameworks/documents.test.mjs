// Every block of the site's pages, started as its reader would, and delivered to.
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { start } from '../packages/kit.mjs'
import { deliver, load } from './kit.mjs'

const docs = fileURLToPath(new URL('../../../docs/', import.meta.url))
const frameworks = dirname(dirname(dirname(load.resolve('hookseal/package.json'))))
const { Webhook } = load('hookseal')
const standard = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

/** Page, provider, secret, what is answered to a forgery before and after. */
const pages = {
  'from/snippet.md': ['claimport', 'CLAIMPORT_SECRET', 'secret', 401],
  'from/standard-webhooks.md': ['standard-webhooks', 'WEBHOOK_SECRET', standard, 400],
  'from/stripe.md': ['stripe', 'STRIPE_SECRET', 'whsec_test', 400],
  'from/svix.md': ['svix', 'SVIX_SECRET', standard, 400]
}

const blocksOf = (page) => [...readFileSync(join(docs, page), 'utf8').matchAll(/^```(?:js|ts)\n(.*?)^```$/gms)].map(([, code]) => code)

test('each page with a block is one that is tried here', () => {
  const all = readdirSync(docs, { recursive: true }).map((name) => name.replaceAll('\\', '/')).filter((name) => name.endsWith('.md'))
  assert.deepEqual(all.filter((page) => blocksOf(page).length > 0).sort(), Object.keys(pages))
  for (const page of Object.keys(pages)) assert.equal(blocksOf(page).length, 2, page)
})

for (const [page, [provider, variable, secret, refusal]] of Object.entries(pages)) {
  for (const [number, status] of [[0, refusal], [1, 401]]) {
    test(`${page}, ${number === 0 ? 'before' : 'after'}`, { timeout: 600_000 }, async (t) => {
      const folder = join(frameworks, 'documents')
      mkdirSync(folder, { recursive: true })
      const file = join(folder, `${page.replace('from/', '')}-${number}.mjs`)
      writeFileSync(file, blocksOf(page)[number])
      t.after(() => rmSync(file))
      const { url, prints } = await start(t, [process.execPath, file], { cwd: folder, env: { PORT: '0', [variable]: secret } })
      const body = JSON.stringify({ id: 'evt_1', object: 'event', type: 'invoice.paid', data: { id: 'in_1', object: { id: 'in_1' } } })
      const headers = new Webhook(provider, secret).sign(body)
      const answered = async (body, headers) => (await deliver(`${url}/webhooks`, { body, headers })).status
      assert.equal(await answered(body, headers), 204)
      await prints(/^invoice\.paid (?:in_1|evt_1)$/m)
      assert.equal(await answered(`${body} `, headers), status)
      assert.equal(await answered(body, {}), status)
    })
  }
}
