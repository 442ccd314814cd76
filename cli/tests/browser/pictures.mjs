// Makes the pictures of the documentation: `node pictures.mjs FOLDER`, as `pictures` calls it.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { browse, deliver, filledInbox, listen, open, secret, shot, signature } from './kit.mjs'

const sample = JSON.parse(readFileSync(new URL('../../../core/providers/kasko/samples/policy.created.json', import.meta.url)))
const binary = fileURLToPath(new URL('../../../target/debug/hookseal', import.meta.url))
process.env.HOOKSEAL_SCREENSHOTS = process.argv[2]

// In the place of a test, at whose end all stops.
const endings = []
const t = { after: (end) => endings.unshift(end) }

/** What a handler has that parsed the body and wrote it again. */
const parsed = JSON.stringify(JSON.parse(sample.body), null, 4)
const chosen = (page) => page.locator('#pane[data-number]').waitFor()

async function listening(context) {
  const { url } = await listen(t)
  for (const [number, type] of ['offer.created', 'policy.created', 'policy.updated', 'policy.cancelled'].entries()) {
    await deliver(url, { type, id: `d-${number}`, body: sample.body, path: 'webhooks/kasko' })
  }
  await deliver(url, { body: parsed, path: 'webhooks/kasko', headers: { 'X-KASKO-Signature': signature(sample.body) } })
  const { page } = await open(context, url)
  await page.locator('[role=option]').first().click()
  await page.locator('.findings li').waitFor()
  await shot(page, 'listen')
}

async function inbox(context) {
  const { url } = await filledInbox(t, 'sqlite').page()
  const { page } = await open(context, url)
  await page.locator('[role=option].dead').first().click()
  await chosen(page)
  await shot(page, 'inbox')
}

/** The colours of a terminal, as the command uses them. */
const styles = { 1: 'font-weight: 700', 2: 'opacity: .65', 31: 'color: #ff7b72', 32: 'color: #7ee787', 33: 'color: #e3b341' }

function html(text) {
  const escaped = text.replace(/&/g, '&amp;').replace(/</g, '&lt;')
  let depth = 0
  const [first, ...coloured] = escaped.split('\u001b[')
  const shown = coloured.map((part) => {
    const end = part.indexOf('m')
    const numbers = part.slice(0, end).split(';').filter(Boolean).map(Number)
    const rest = part.slice(end + 1)
    if (numbers.length === 0 || numbers.includes(0)) {
      const closed = '</span>'.repeat(depth)
      depth = 0
      return closed + rest
    }
    depth += 1
    return `<span style="${numbers.map((number) => styles[number] ?? styles[number - 60] ?? '').join(';')}">${rest}`
  })
  return first + shown.join('') + '</span>'.repeat(depth)
}

/** `explain` at a terminal. */
async function explaining(context) {
  const folder = mkdtempSync(join(tmpdir(), 'hookseal-pictures-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const run = { cwd: folder, encoding: 'utf8', env: { ...process.env, HOOKSEAL_SECRET: secret } }
  writeFileSync(join(folder, 'body.json'), sample.body)
  writeFileSync(join(folder, 'parsed.json'), parsed)
  const sign = ['sign', '--provider', 'kasko', '--type', 'policy.created', 'body.json']
  writeFileSync(join(folder, 'headers'), execFileSync(binary, sign, run))
  const words = ['explain', '--provider', 'kasko', '--headers-file', 'headers', 'parsed.json']
  const { stdout } = spawnSync(binary, [...words, '--color', 'always'], run)
  const page = await context.newPage()
  await page.setViewportSize({ width: 960, height: 400 })
  await page.setContent(`<body style="margin:0; background:#0d1117"><pre style="margin:0; padding:20px 24px; color:#e6edf3;
    font:14px/1.5 'DejaVu Sans Mono', monospace; white-space:pre-wrap"><b>$ hookseal ${words.join(' ')}</b>\n${html(stdout)}</pre>`)
  const terminal = page.locator('pre')
  await terminal.screenshot({ path: join(process.argv[2], 'explain.png') })
}

try {
  const context = await browse(t)
  await listening(context)
  await inbox(context)
  await explaining(context)
} finally {
  for (const end of endings) await end()
}
