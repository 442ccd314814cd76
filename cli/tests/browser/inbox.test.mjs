// The page of `hookseal inbox page` in a real browser, on real databases.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { test } from 'node:test'
import { axe, browse, filledInbox, open, shot } from './kit.mjs'

const ENGINES = ['sqlite', 'postgresql', 'mysql']
/** The deliveries of a filled inbox, the newest first: state, type. */
const FILLED = [
  ['done', 'claim.opened'],
  ['waiting', 'offer.created'],
  ['done', 'policy.created'],
  ['leased', 'policy.created'],
  ['blocked', 'policy.cancelled'],
  ['waiting', 'claim.opened'],
  ['blocked', 'policy.updated'],
  ['dead', 'policy.created'],
  ['done', 'policy.created'],
]

const listed = (page) =>
  page.locator('[role=option]').evaluateAll((items) =>
    items.map((item) => [item.querySelector('.mark').getAttribute('aria-label'), item.querySelector('.name').textContent]))

/** Waits until the list is as it should be. */
async function lists(page, expected) {
  const now = async () => JSON.stringify(await listed(page)) === JSON.stringify(expected)
  const until = Date.now() + 60_000
  while (!(await now()) && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 50))
  assert.deepEqual(await listed(page), expected)
}

/** Chooses the first delivery of the list in this state and waits until it is shown; gives its number. */
async function choose(page, state) {
  const item = page.locator(`[role=option].${state}`).first()
  const number = (await item.getAttribute('id')).replace('delivery-', '')
  if ((await item.getAttribute('aria-selected')) !== 'true') await item.click()
  await page.locator(`#pane[data-number="${number}"]`).waitFor()
  return Number(number)
}

const text = (page) => page.locator('#pane').innerText()
const filter = (page, name) => page.locator(`#states [data-state="${name}"]`)

async function opened(t, engine = 'sqlite') {
  const inbox = filledInbox(t, engine)
  const { url } = await inbox.page()
  return { inbox, url, ...(await open(await browse(t), url)) }
}

async function isClean({ page, troubles }) {
  assert.deepEqual(await page.evaluate(() => window.violations), [])
  assert.deepEqual(troubles, [])
}

for (const engine of ENGINES) {
  test(`${engine}: what is stored is counted, listed and shown`, async (t) => {
    const shown = await opened(t, engine)
    const { page, inbox } = shown
    await lists(page, FILLED)
    const states = await page.locator('#states button').allInnerTexts()
    assert.deepEqual(states.map((state) => state.replace(/\s+/g, ' ')), ['All', 'Waiting 2', 'Leased 1', 'Blocked 2', 'Dead 1', 'Done'])
    const rows = await page.locator('.counts tbody tr').allInnerTexts()
    assert.deepEqual(rows.map((row) => row.split(/\s+/).slice(0, 5)), [['coverkit', '1', '1', '2', '1'], ['kasko.berlin', '1', '0', '0', '0']])
    assert.match(await text(page), /One delivery came again with another body/)
    assert.equal(await page.title(), '(1 dead) hookseal inbox')
    assert.ok(!(await page.locator('#database').textContent()).includes('hookseal:'), 'a password')

    await choose(page, 'dead')
    for (const part of ['it failed for good', 'psycopg.errors.ForeignKeyViolation', 'after one attempt', 'coverkit:evt_01', 'Zoë Ötker']) {
      assert.ok((await text(page)).includes(part), part)
    }
    await choose(page, 'leased')
    assert.match(await text(page), /Lease ends/)
    assert.match(await text(page), /Came again\s+once, with another body/)
    assert.equal(await page.locator('.actions').count(), 0)
    await choose(page, 'done')
    assert.match(await text(page), /Only its key was kept/)
    assert.equal(inbox.ask('list').deliveries.length, FILLED.length)
    await isClean(shown)
  })

  test(`${engine}: the list is filtered and searched`, async (t) => {
    const { page } = await opened(t, engine)
    for (const state of ['waiting', 'leased', 'blocked', 'dead', 'done']) {
      await filter(page, state).click()
      await lists(page, FILLED.filter(([is]) => is === state))
    }
    await filter(page, '').click()
    await lists(page, FILLED)
    await page.getByLabel('Type').fill('claim.opened')
    await lists(page, [FILLED[0], FILLED[5]])
    await page.getByLabel('Source').fill('kasko.berlin')
    await lists(page, [])
    assert.match(await page.locator('#list').innerText(), /None of these/)
    await page.getByLabel('Type').fill('')
    await lists(page, [FILLED[1], FILLED[8]])
    await page.getByLabel('Source').fill('')
    const search = page.getByLabel('Search')
    await search.fill('P-1003')
    await lists(page, [FILLED[3]])
    await search.fill('zoë ötker')
    await lists(page, [])
    await search.fill('Zoë Ötker')
    await lists(page, FILLED.slice(2, 8))
    await search.fill('evt_07')
    await lists(page, [FILLED[0]])
    await page.reload()
    await lists(page, [FILLED[0]])
    assert.equal(await search.inputValue(), 'evt_07')
  })

  test(`${engine}: dead ones are retried and discarded, and done ones replayed`, async (t) => {
    const { page, inbox } = await opened(t, engine)
    const state = (seq) => inbox.ask('list').deliveries.find((one) => one.seq === seq).state
    const act = async (name) => {
      await page.locator('.actions').getByRole('button', { name, exact: true }).click()
      await page.locator('.actions').getByRole('button', { name, exact: true }).click()
    }
    const dead = await choose(page, 'dead')
    // Who thinks better of it changes nothing.
    await page.locator('.actions').getByRole('button', { name: 'Retry' }).click()
    await page.locator('.actions').getByRole('button', { name: 'Cancel' }).click()
    assert.equal(state(dead), 'dead')
    await act('Retry')
    await page.locator('.title.waiting').waitFor()
    assert.equal(state(dead), 'waiting')

    await filter(page, 'done').click()
    await lists(page, [FILLED[0], FILLED[2], FILLED[8]])
    await page.locator('[role=option]').nth(1).click()
    await page.getByRole('button', { name: 'Replay' }).waitFor()
    const done = Number(await page.locator('#pane').getAttribute('data-number'))
    await act('Replay')
    await page.locator('.title.waiting').waitFor()
    assert.equal(state(done), 'waiting')
  })
}

test('a dead one is discarded, and what it held up goes on', async (t) => {
  const { page, inbox } = await opened(t)
  const dead = await choose(page, 'dead')
  await page.getByRole('button', { name: 'Discard' }).click()
  await page.getByRole('button', { name: 'Discard' }).click()
  await page.locator('.title.done').waitFor()
  const of = Object.fromEntries(inbox.ask('list').deliveries.map((one) => [one.seq, one.state]))
  assert.equal(of[dead], 'done')
  assert.equal(Object.values(of).filter((state) => state === 'blocked').length, 1)
})

test('all that are dead are retried at once', async (t) => {
  const { page, inbox } = await opened(t)
  await filter(page, 'dead').click()
  await page.getByRole('button', { name: 'Retry it' }).click()
  assert.equal(inbox.ask('list', '--state', 'dead').deliveries.length, 1)
  await page.getByRole('button', { name: 'Yes' }).click()
  await lists(page, [])
  assert.equal(inbox.ask('list', '--state', 'dead').deliveries.length, 0)
  assert.equal(await page.title(), 'hookseal inbox')
})

test('what arrives is shown by itself, as text whatever it is', async (t) => {
  const shown = await opened(t)
  const { page, inbox } = shown
  const hostile = '<img src=x onerror="window.hurt=1">'
  inbox.receive(hostile, JSON.stringify({ [hostile]: '</script><script>window.hurt=1</script>' }), hostile)
  await lists(page, [['waiting', hostile], ...FILLED])
  await choose(page, 'waiting')
  assert.equal(await page.locator('#pane h1').innerText(), hostile)
  assert.ok((await page.locator('pre').textContent()).includes('</script><script>'))
  assert.equal(await page.evaluate(() => window.hurt), undefined)
  assert.equal(await page.locator('img, pre svg, #pane script, #list script, a').count(), 0)
  const everything = await page.content()
  assert.match(everything, /hidden, 45 characters/)
  assert.ok(!everything.includes('sha1='))
  await isClean(shown)
})

test('another site neither reads nor changes anything', async (t) => {
  const { inbox, url } = await opened(t)
  const { port } = new URL(url)
  const context = await browse(t, '--host-resolver-rules=MAP evil.example 127.0.0.1')
  const page = await context.newPage()
  const [{ seq }] = inbox.ask('list', '--state', 'dead').deliveries
  // The name of an attacker's that means this machine now.
  const rebound = await page.goto(`http://evil.example:${port}/`)
  assert.equal(rebound.status(), 403)
  const asked = await page.evaluate(async (seq) => {
    const read = await fetch('/~hookseal/inbox')
    const written = await fetch(`/~hookseal/deliveries/${seq}/retry`, { method: 'POST' })
    return [read.status, written.status]
  }, seq)
  assert.deepEqual(asked, [403, 403])
  // Another site, and the page under its own name.
  const across = await page.evaluate(async ([url, seq]) => {
    const results = await Promise.allSettled([
      fetch(`${url}~hookseal/inbox`),
      fetch(`${url}~hookseal/deliveries/${seq}/retry`, { method: 'POST' }),
      fetch(`${url}~hookseal/deliveries/${seq}/retry`, { method: 'POST', mode: 'no-cors' }),
    ])
    return results.map((result) => result.status)
  }, [url, seq])
  assert.deepEqual(across.slice(0, 2), ['rejected', 'rejected'])
  // A form of theirs that takes the whole window there, as if somebody had followed a link.
  const target = `${url}~hookseal/deliveries/${seq}/retry`
  const theirs = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html')
    response.end(`<form method="POST" action="${target}"><button>Win</button></form>`)
  })
  await new Promise((resolve) => theirs.listen(0, '127.0.0.1', resolve))
  t.after(() => theirs.close())
  await page.goto(`http://evil.example:${theirs.address().port}/`)
  const [answer] = await Promise.all([page.waitForResponse(target), page.getByRole('button').click()])
  assert.equal(answer.status(), 403)
  assert.equal(inbox.ask('list', '--state', 'dead').deliveries.length, 1)
})

test('it says when it is away, and comes back by itself', async (t) => {
  const inbox = filledInbox(t, 'sqlite')
  const first = await inbox.page()
  const { page } = await open(await browse(t), first.url)
  await choose(page, 'dead')
  await first.end()
  await page.locator('#line[data-state=away]').waitFor()
  await inbox.page('--port', new URL(first.url).port)
  await page.locator('#line[data-state=live]').waitFor({ timeout: 120_000 })
  await page.locator('.title.dead').waitFor()
})

test('it can be used with the keyboard alone, and fits a narrow window', async (t) => {
  const { page } = await opened(t)
  await lists(page, FILLED)
  const focused = () => page.evaluate(() => document.activeElement.id)
  for (let tabs = 0; tabs < 16 && (await focused()) !== 'list'; tabs += 1) await page.keyboard.press('Tab')
  assert.equal(await focused(), 'list')
  await page.keyboard.press('Home')
  for (let downs = 0; downs < 7; downs += 1) await page.keyboard.press('ArrowDown')
  await page.locator('.title.dead').waitFor()
  await page.keyboard.press('Enter')
  assert.equal(await focused(), 'pane')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await page.locator('.title.waiting').waitFor()
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  await page.setViewportSize({ width: 360, height: 740 })
  assert.equal(await overflow(), 0)
  await shot(page, 'inbox-narrow')
})

test('axe finds nothing that is not accessible in the inbox, in light and in dark', async (t) => {
  const { page } = await opened(t)
  const problems = async () => {
    const { violations, passes } = await page.evaluate(`${axe}; axe.run()`)
    assert.ok(passes.length > 10)
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join('\n')}`)
  }
  const each = async (name) => {
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme })
      assert.deepEqual(await problems(), [], colorScheme)
      await shot(page, `inbox-${name}-${colorScheme}`)
    }
  }
  await lists(page, FILLED)
  await each('overview')
  for (const state of ['dead', 'leased', 'done']) {
    await choose(page, state)
    await each(state)
  }
  await filter(page, 'dead').click()
  await page.getByRole('button', { name: 'Retry it' }).click()
  await choose(page, 'dead')
  await page.getByRole('button', { name: 'Discard' }).click()
  await each('asked')
})
