// The page of `hookseal listen` in a real browser.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { test } from 'node:test'
import { axe, binaries, browse, deliver, listen, listenForAnything, open, secret, shot, signature } from './kit.mjs'

const sample = JSON.parse(readFileSync(new URL('../../../core/providers/kasko/samples/policy.created.json', import.meta.url)))

const items = (page) => page.locator('[role=option]')
const names = (page) => page.locator('[role=option] .name').allTextContents()
const heading = (page) => page.locator('#pane h1')

/** Waits until the list has so many deliveries. */
async function count(page, number) {
  await page.waitForFunction((number) => document.querySelectorAll('[role=option]').length === number, number)
}

/** Chooses a delivery of the list, counted from the newest, and waits until it is shown. */
async function choose(page, index) {
  await items(page).nth(index).click()
  await detail(page, (await items(page).nth(index).getAttribute('id')).replace('delivery-', ''))
}

/** Waits until the delivery with this number is shown. */
const detail = (page, number) => page.locator(`#pane[data-number="${number}"]`).waitFor()

async function isClean({ page, troubles }) {
  assert.deepEqual(await page.evaluate(() => window.violations), [])
  assert.deepEqual(troubles, [])
}

test('an empty page says what to do', async (t) => {
  const { url } = await listen(t)
  const opened = await open(await browse(t), url)
  const { page } = opened
  await page.getByRole('heading', { name: 'Waiting for the first delivery' }).waitFor()
  const commands = await page.locator('#empty code').allTextContents()
  assert.deepEqual(commands, [
    `hookseal send ${url} --provider kasko --event offer.created`,
    `curl --data '{}' ${url}`,
  ])
  assert.equal(await page.locator('#provider').textContent(), 'KASKO')
  assert.equal(await page.locator('#address').textContent(), url)
  await shot(page, 'empty-light')
  await page.emulateMedia({ colorScheme: 'dark' })
  await shot(page, 'empty-dark')
  await isClean(opened)
})

test('a delivery is shown as it arrives', async (t) => {
  const { url } = await listen(t)
  const opened = await open(await browse(t), url)
  const { page } = opened
  const answer = await deliver(url, { body: sample.body, id: 'baf59150', path: 'webhooks/kasko?tenant=7' })
  assert.equal(answer.status, 204)
  await count(page, 1)
  assert.deepEqual(await names(page), ['policy.created'])
  await detail(page, 1)
  const pane = await page.locator('#pane').innerText()
  for (const part of ['Verified', 'POST /webhooks/kasko?tenant=7', 'baf59150', '"policy_id": "TEST-POLICY-12345"', '"gross_premium": 1999', 'x-kasko-event']) {
    assert.ok(pane.includes(part), `${part} in ${pane}`)
  }
  const unsigned = page.locator('.facts dd', { hasText: 'not signed' })
  assert.deepEqual(await unsigned.allInnerTexts(), ['policy.created not signed', 'baf59150 not signed'])
  const shown = await page.locator('pre').first().textContent()
  assert.deepEqual(JSON.parse(shown), JSON.parse(sample.body))
  await isClean(opened)
})

test('a refused delivery says why', async (t) => {
  const { url } = await listen(t)
  const opened = await open(await browse(t), url)
  const { page } = opened
  await deliver(url, { headers: { 'X-KASKO-Signature': signature('another body') } })
  await count(page, 1)
  assert.deepEqual(await names(page), ['signature_mismatch'])
  await detail(page, 1)
  const pane = await page.locator('#pane').innerText()
  assert.match(pane, /Refused/)
  assert.match(pane, /the signature does not match for the secret/)
  assert.match(pane, /not verified: anybody can have written it/)
  assert.match(pane, /No cause found/)
  // What a handler sends on that parsed it.
  const sent = '{"policy_id":"TEST-1"}'
  await deliver(url, { body: '{"policy_id": "TEST-1"}', headers: { 'X-KASKO-Signature': signature(sent) } })
  await count(page, 2)
  await choose(page, 0)
  const finding = page.locator('.findings li')
  await finding.waitFor()
  assert.match(await finding.innerText(), /The body was parsed and written again.*proven/)
  assert.match(await finding.innerText(), /Verify the raw bytes/)
  await isClean(opened)
})

test('whatever a delivery holds is shown as text', async (t) => {
  const { url } = await listen(t)
  const opened = await open(await browse(t), url)
  const { page } = opened
  const hostile = '<img src=x onerror="window.hurt=1">'
  const body = JSON.stringify({ [hostile]: hostile, end: '</script><script>window.hurt=1</script>', link: 'javascript:window.hurt=1' })
  const headers = { 'X-Note': hostile, 'User-Agent': '"><svg onload=window.hurt=1>' }
  const path = 'x<img/src=x/onerror=window.hurt=1>?q=<script>window.hurt=1</script>'
  await deliver(url, { type: hostile, id: hostile, body, headers, path })
  await deliver(url, { type: hostile, body: `${body}</pre>${hostile}`, headers: { ...headers, 'X-KASKO-Signature': hostile } })
  await deliver(url, { type: hostile, body: `${hostile}\n<script>window.hurt=1</script>`, headers: { 'X-KASKO-Signature': `sha1=${'0'.repeat(40)}` } })
  await count(page, 3)
  for (const index of [0, 1, 2]) {
    await choose(page, index)
    assert.ok((await page.locator('#pane').textContent()).includes(hostile))
  }
  assert.equal(await heading(page).innerText(), hostile)
  assert.ok((await page.locator('pre').first().textContent()).includes(JSON.stringify(hostile)))
  assert.equal(await page.evaluate(() => window.hurt), undefined)
  assert.equal(await page.locator('img, pre svg, #pane script, #list script, a').count(), 0)
  await shot(page, 'hostile')
  await isClean(opened)
})

test('the policy would stop what the page never does', async (t) => {
  const { url } = await listen(t)
  const { page } = await open(await browse(t), url)
  const refused = await page.evaluate(async () => {
    const attempt = (what) => {
      try {
        what()
        return 'done'
      } catch (error) {
        return error.name
      }
    }
    const html = attempt(() => { document.body.innerHTML = '<img src=x onerror="window.hurt=1">' })
    const made = document.createElement('script')
    const text = attempt(() => { made.text = 'window.hurt=1' })
    const image = new Image()
    image.src = 'https://example.com/x.png'
    const style = document.createElement('style')
    style.append('body { display: none }')
    document.head.append(style)
    const asked = await fetch('https://example.com/').then(() => 'done', (error) => error.name)
    await new Promise((resolve) => setTimeout(resolve, 200))
    return { html, text, asked, hurt: window.hurt, violations: [...new Set(window.violations)].sort() }
  })
  assert.deepEqual(refused, {
    html: 'TypeError',
    text: 'TypeError',
    asked: 'TypeError',
    hurt: undefined,
    violations: ['connect-src', 'img-src', 'require-trusted-types-for', 'style-src-elem'],
  })
})

test('neither secrets nor signatures are shown', async (t) => {
  const { url } = await listen(t)
  const context = await browse(t)
  const { page } = await open(context, url)
  const told = []
  page.on('response', async (response) => told.push(await response.text().catch(() => '')))
  const body = '{"a":1}'
  await deliver(url, { body, headers: { Authorization: 'Basic c2VjcmV0', 'X-Old-Signature': signature(body) }, path: '?token=abcdef' })
  await count(page, 1)
  await detail(page, 1)
  const everything = (await page.content()) + told.join('') + (await page.evaluate(() => JSON.stringify(localStorage)))
  for (const hidden of [secret, signature(body), signature(body).slice(5), 'c2VjcmV0', 'abcdef']) {
    assert.ok(!everything.includes(hidden), `${hidden} is shown`)
  }
  const rows = await page.locator('tr', { hasText: /hidden, \d+ characters/ }).locator('th').allTextContents()
  assert.deepEqual(rows, ['x-kasko-signature', 'authorization', 'x-old-signature'])
})

test('loading the page again keeps the list and the selection', async (t) => {
  const { url } = await listen(t)
  const opened = await open(await browse(t), url)
  const { page } = opened
  for (const type of ['offer.created', 'policy.created', 'policy.updated']) await deliver(url, { type })
  await count(page, 3)
  await choose(page, 1)
  const before = await names(page)
  assert.deepEqual(before, ['policy.updated', 'policy.created', 'offer.created'])
  await page.reload()
  await count(page, 3)
  await detail(page, 2)
  assert.deepEqual(await names(page), before)
  assert.equal(await page.locator('[aria-selected=true] .name').textContent(), 'policy.created')
  assert.equal(await heading(page).innerText(), 'policy.created')
  assert.equal(await page.title(), '(3) hookseal listen')
  await isClean(opened)
})

test('the latest 200 are kept, in the page too', async (t) => {
  const { url } = await listen(t)
  const opened = await open(await browse(t), url)
  const { page } = opened
  await deliver(url, { type: 'n.1' })
  // The first is asked for at once, and must still be kept then.
  await detail(page, 1)
  for (let number = 2; number <= 205; number += 1) await deliver(url, { type: `n.${number}` })
  await page.waitForFunction(() => document.querySelector('[role=option] .name')?.textContent === 'n.205')
  await count(page, 200)
  const live = await names(page)
  assert.deepEqual([live.at(0), live.at(-1)], ['n.205', 'n.6'])
  await page.reload()
  await count(page, 200)
  assert.deepEqual(await names(page), live)
  await isClean(opened)
})

test('it can be used with the keyboard alone', async (t) => {
  const { url } = await listen(t)
  const { page } = await open(await browse(t), url)
  for (const type of ['a.one', 'b.two', 'c.three']) await deliver(url, { type })
  await deliver(url, { headers: { 'X-KASKO-Signature': '' } })
  await count(page, 4)
  const selected = () => page.locator('[aria-selected=true] .name').textContent()
  const focused = () => page.evaluate(() => document.activeElement.id)
  for (let tabs = 0; tabs < 8 && (await focused()) !== 'list'; tabs += 1) await page.keyboard.press('Tab')
  assert.equal(await focused(), 'list')
  await page.keyboard.press('Home')
  assert.equal(await selected(), 'malformed_header')
  await page.keyboard.press('ArrowDown')
  assert.equal(await selected(), 'c.three')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  assert.equal(await selected(), 'a.one')
  await page.keyboard.press('ArrowUp')
  assert.equal(await selected(), 'b.two')
  assert.equal(await page.locator('#list').getAttribute('aria-activedescendant'), 'delivery-2')
  await page.keyboard.press('Enter')
  assert.equal(await focused(), 'pane')
  await page.keyboard.press('Escape')
  assert.equal(await focused(), 'list')
  await page.getByRole('button', { name: /Refused/ }).focus()
  await page.keyboard.press('Enter')
  assert.deepEqual(await names(page), ['malformed_header'])
})

test('it comes back by itself when the listener does', async (t) => {
  const first = await listen(t)
  const { page } = await open(await browse(t), first.url)
  await deliver(first.url, { type: 'first.run' })
  await count(page, 1)
  await first.end()
  await page.locator('#line[data-state=away]').waitFor()
  const second = await listen(t, '--port', new URL(first.url).port)
  await page.locator('#line[data-state=live]').waitFor({ timeout: 120_000 })
  await count(page, 0)
  await deliver(second.url, { type: 'second.run' })
  await count(page, 1)
  assert.deepEqual(await names(page), ['second.run'])
  await detail(page, 1)
  assert.equal(await heading(page).innerText(), 'second.run')
})

test('nobody is shown it under another name, or from another site', async (t) => {
  const { url } = await listen(t)
  await deliver(url)
  const { port } = new URL(url)
  const context = await browse(t, '--host-resolver-rules=MAP evil.example 127.0.0.1')
  const page = await context.newPage()
  // The name of an attacker's that means this machine now.
  const rebound = await page.goto(`http://evil.example:${port}/`)
  assert.equal(rebound.status(), 403)
  const asked = await page.evaluate(async () => {
    const answer = await fetch('/~hookseal/deliveries/1')
    return { status: answer.status, text: await answer.text() }
  })
  assert.equal(asked.status, 403)
  assert.ok(!asked.text.includes('TEST-1'))
  // Another site, and the page under its own name.
  const across = await page.evaluate(async (url) => {
    const read = async (path) => (await fetch(url + path)).text()
    return Promise.allSettled([read(''), read('~hookseal/events'), read('~hookseal/deliveries/1')])
      .then((results) => results.map((result) => result.status))
  }, url)
  assert.deepEqual(across, ['rejected', 'rejected', 'rejected'])
})

test('axe finds nothing that is not accessible, in light and in dark', async (t) => {
  const { url } = await listen(t)
  const { page } = await open(await browse(t), url)
  const problems = async () => {
    const { violations, passes } = await page.evaluate(`${axe}; axe.run()`)
    assert.ok(passes.length > 10)
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join('\n')}`)
  }
  const each = async () => {
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme })
      assert.deepEqual(await problems(), [], colorScheme)
    }
  }
  await each()
  await deliver(url, { body: sample.body })
  await deliver(url, { headers: { 'X-KASKO-Signature': signature('another body') } })
  await count(page, 2)
  await page.locator('.fresh').first().evaluate((node) => Promise.all(node.getAnimations().map((animation) => animation.finished)))
  for (const index of [0, 1]) {
    await choose(page, index)
    await each()
  }
})

test('it fits a narrow window', async (t) => {
  const { url } = await listen(t)
  const { page } = await open(await browse(t), url)
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  await page.setViewportSize({ width: 360, height: 740 })
  assert.equal(await overflow(), 0)
  await shot(page, 'narrow-empty')
  await deliver(url, { body: sample.body, type: 'x'.repeat(300), path: 'y'.repeat(300) })
  await deliver(url, { body: sample.body })
  await count(page, 2)
  await choose(page, 0)
  assert.equal(await overflow(), 0)
  await shot(page, 'narrow')
})

/** An application that answers every delivery with this status, and what reached it. */
async function application(t, status) {
  const reached = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (part) => { body += part }).on('end', () => {
      reached.push({ url: request.url, signature: request.headers['x-kasko-signature'], body })
      response.writeHead(status).end()
    })
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  return { url: `http://127.0.0.1:${server.address().port}`, reached }
}

test('one click sends a delivery to the application again', async (t) => {
  const { url: target, reached } = await application(t, 401)
  const { url } = await listen(t, '--forward', target)
  const opened = await open(await browse(t), url)
  const { page } = opened
  await deliver(url, { body: sample.body, path: 'webhooks/kasko' })
  await detail(page, 1)
  // Genuine, and refused: what that means stands there.
  const advice = page.locator('.advice')
  assert.match(await advice.innerText(), /^your application answered 401: the signature is right here, so its secret differs/)
  await shot(page, 'replay-light')
  await page.emulateMedia({ colorScheme: 'dark' })
  await shot(page, 'replay-dark')
  await page.getByRole('button', { name: 'Send again' }).click()
  // The replay is selected by itself.
  await detail(page, 2)
  assert.deepEqual(await page.locator('#delivery-2 .tag').allInnerTexts(), ['test', 'replay of 1'])
  assert.match(await page.locator('.facts').innerText(), /of #1/)
  assert.equal(reached.length, 2)
  assert.deepEqual(reached[1], reached[0])
  assert.deepEqual(reached[0], { url: '/webhooks/kasko', signature: signature(sample.body), body: sample.body })
  await isClean(opened)
})

test('without an application it is verified again', async (t) => {
  const { url } = await listen(t)
  const opened = await open(await browse(t), url)
  const { page } = opened
  await deliver(url)
  await detail(page, 1)
  await page.getByRole('button', { name: 'Verify again' }).click()
  await detail(page, 2)
  assert.match(await page.locator('.title').innerText(), /Verified, answered 204/)
  await isClean(opened)
})

test('deliveries are searched and cleared', async (t) => {
  const { url } = await listen(t)
  const context = await browse(t)
  const opened = await open(context, url)
  const { page } = opened
  const search = page.getByRole('searchbox')
  await deliver(url, { type: 'offer.created', body: '{"name":"Zoë"}' })
  await deliver(url, { type: 'policy.created', body: '{"name":"Jane"}' })
  await fetch(url, { method: 'POST', body: 'not json: JANE' })
  await count(page, 3)
  await page.keyboard.press('/')
  await page.keyboard.type('jane')
  await count(page, 2)
  assert.deepEqual(await names(page), ['missing_header', 'policy.created'])
  // What comes in the meantime is found too, or not.
  await deliver(url, { type: 'policy.updated', body: '{"name":"Jane","n":2}' })
  await deliver(url, { type: 'offer.updated', body: '{}' })
  await count(page, 3)
  await page.getByRole('button', { name: /Refused/ }).click()
  assert.deepEqual(await names(page), ['missing_header'])
  await page.getByRole('button', { name: /All/ }).click()
  await search.fill('nothing like it')
  await page.getByText('Nothing is found.').waitFor()
  await search.fill('')
  await count(page, 5)

  // On another page that is open too.
  const other = await open(context, url)
  await count(other.page, 5)
  await shot(page, 'search-light')
  await page.getByRole('button', { name: 'Clear' }).click()
  for (const { page } of [opened, other]) {
    await page.getByRole('heading', { name: 'Waiting for the first delivery' }).waitFor()
    await count(page, 0)
  }
  await deliver(url, { type: 'c.three' })
  await count(page, 1)
  await detail(page, 6)
  await page.reload()
  await count(page, 1)
  assert.deepEqual(await names(page), ['c.three'])
  await isClean(opened)
  await isClean(other)
})

test('a listener without any set-up shows a command that works', async (t) => {
  const started = await listenForAnything(t)
  const opened = await open(await browse(t), started.url)
  const { page } = opened
  const command = await page.locator('#empty code').first().textContent()
  assert.match(command, /^HOOKSEAL_SECRET=whsec_\S+ hookseal send /)
  execFileSync('bash', ['-c', command], { env: { ...process.env, PATH: `${binaries}:${process.env.PATH}` } })
  await count(page, 1)
  assert.deepEqual(await names(page), ['contact.created'])
  await isClean(opened)
})

test('a day of deliveries', async (t) => {
  const { url } = await listen(t)
  const opened = await open(await browse(t), url)
  const { page } = opened
  const types = ['offer.created', 'policy.created', 'policy.updated', 'policy.created', 'policy.cancelled', 'policy.created']
  for (const [index, type] of types.entries()) await deliver(url, { type, id: `baf59150f9a60c1c0e6a700e6f53167${index}`, body: sample.body, path: 'webhooks/kasko' })
  await deliver(url, { body: JSON.stringify(JSON.parse(sample.body), null, 2), headers: { 'X-KASKO-Signature': signature(sample.body) }, path: 'webhooks/kasko' })
  await fetch(url, { method: 'POST', body: 'a=1&b=2' })
  await count(page, 8)
  for (const [index, name] of [[2, 'verified'], [1, 'refused']]) {
    await choose(page, index)
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme })
      await shot(page, `${name}-${colorScheme}`)
    }
  }
  await isClean(opened)
})
