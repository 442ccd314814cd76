// A listener, deliveries to it, and a browser.
import { spawn } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const packages = createRequire(join(process.env.HOOKSEAL_BROWSER_PACKAGES, 'package.json'))
const { chromium } = packages('playwright-core')

/** The source of axe-core, which finds what is not accessible. */
export const axe = packages('axe-core').source

const binary = fileURLToPath(new URL('../../../target/debug/hookseal', import.meta.url))
export const secret = 'whsec_1b6f2ae8d0444a349cc1f4c8'

/** Starts `hookseal listen` and gives its URL, and a way to end it. */
export async function listen(t, ...args) {
  const child = spawn(binary, ['listen', '--provider', 'kasko', ...(args.includes('--port') ? [] : ['--port', '0']), ...args], {
    env: { ...process.env, HOOKSEAL_SECRET: secret },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
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
    ended.then(() => reject(new Error(`hookseal listen ended: ${said}`)))
  })
  return { url, end, said: () => said }
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
