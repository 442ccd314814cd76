// A listener, deliveries to it, an inbox, and a browser.
import { execFileSync, spawn } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const packages = createRequire(join(process.env.HOOKSEAL_BROWSER_PACKAGES, 'package.json'))
const { chromium } = packages('playwright-core')

/** The source of axe-core, which finds what is not accessible. */
export const axe = packages('axe-core').source

const built = (name) => fileURLToPath(new URL(`../../../target/debug/${name}`, import.meta.url))
const binary = built('hookseal')
/** The folder of the command. */
export const binaries = dirname(binary)
export const secret = 'whsec_1b6f2ae8d0444a349cc1f4c8'

/** Starts the command and gives the URL of its page, and a way to end it. */
async function start(t, args, env = {}) {
  const child = spawn(binary, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise((resolve) => child.once('close', resolve))
  const end = () => {
    child.kill('SIGTERM')
    return ended
  }
  t.after(end)
  child.stdout.resume()
  let said = ''
  const url = await new Promise((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (text) => {
      said += text
      const found = /http:\/\/\S+:\d+\//.exec(said)
      if (found && said.includes('Ctrl-C')) resolve(found[0])
    })
    ended.then(() => reject(new Error(`hookseal ${args.join(' ')} ended: ${said}`)))
  })
  return { url, end, said: () => said }
}

/** Starts `hookseal listen`. */
export function listen(t, ...args) {
  const port = args.includes('--port') ? [] : ['--port', '0']
  return start(t, ['listen', '--provider', 'kasko', ...port, ...args], { HOOKSEAL_SECRET: secret })
}

/** Starts `hookseal listen` without a provider and without a secret. */
export function listenForAnything(t) {
  return start(t, ['listen', '--port', '0'], { HOOKSEAL_SECRET: undefined })
}

let inboxes = 0

/** An inbox with deliveries in every state, in a database of this engine. */
export function filledInbox(t, engine) {
  const folder = mkdtempSync(join(tmpdir(), 'hookseal-inbox-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const file = `sqlite:${join(folder, 'inbox.sqlite')}`
  const database = { sqlite: file, postgresql: process.env.HOOKSEAL_TEST_POSTGRESQL, mysql: process.env.HOOKSEAL_TEST_MYSQL }[engine]
  inboxes += 1
  const prefix = `page${inboxes}_`
  const fill = (url, ...more) => execFileSync(built('examples/filled_inbox'), [url, prefix, ...more])
  fill(engine === 'sqlite' ? `${database}?mode=rwc` : database)
  const options = ['--prefix', prefix]
  const env = { HOOKSEAL_DATABASE: database }
  return {
    /** Receives a delivery of KASKO's. */
    receive: (type, body, id = type) => fill(database, type, id, body),
    /** What the command says of the inbox. */
    ask: (...words) => JSON.parse(execFileSync(binary, ['inbox', ...words, ...options, '--json'], { env: { ...process.env, ...env } })),
    /** Starts `hookseal inbox page`. */
    page: (...args) => start(t, ['inbox', 'page', ...options, ...(args.includes('--port') ? args : ['--port', '0'])], env),
  }
}

export function signature(body) {
  return `sha1=${createHmac('sha1', secret).update(body).digest('hex')}`
}

/** Sends a delivery as KASKO does, with the documentation's way to sign; `headers` may change it. */
export function deliver(url, { type = 'policy.created', id = 'd-1', body = '{"policy_id":"TEST-1"}', headers = {}, path = '' } = {}) {
  return fetch(new URL(path, url), {
    method: 'POST',
    body,
    headers: {
      'Content-Type': 'application/json',
      'X-KASKO-Event': type,
      'X-KASKO-Delivery': id,
      'X-KASKO-Signature': signature(body),
      ...headers,
    },
  })
}

/** A browser with a profile of its own. */
export async function browse(t, ...args) {
  const profile = mkdtempSync(join(tmpdir(), 'hookseal-browser-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.HOOKSEAL_CHROMIUM,
    headless: true,
    viewport: { width: 1280, height: 800 },
    colorScheme: 'light',
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', ...args,
    ],
  })
  t.after(async () => {
    await context.close()
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  })
  return context
}

/** Opens a page, and watches for all that it must not do. */
export async function open(context, url) {
  const page = await context.newPage()
  const troubles = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) troubles.push(message.text())
  })
  page.on('pageerror', (error) => troubles.push(String(error)))
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('data:')) troubles.push(`asked for ${request.url()}`)
  })
  await page.addInitScript(() => {
    window.violations = []
    document.addEventListener('securitypolicyviolation', (event) => window.violations.push(event.violatedDirective))
  })
  await page.goto(url)
  await page.locator('#line[data-state=live]').waitFor()
  return { page, troubles }
}

/** Leaves a picture of the page, once nothing in it moves, if pictures are asked for. */
export async function shot(page, name) {
  const folder = process.env.HOOKSEAL_SCREENSHOTS
  if (!folder) return
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)))
  await page.screenshot({ path: join(folder, `${name}.png`) })
}
