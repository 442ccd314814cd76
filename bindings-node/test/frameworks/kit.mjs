// What the tests of the adapters share: the frameworks, genuine deliveries, servers that stop by themselves.
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { createRequire } from 'node:module'

const root = new URL('../../../', import.meta.url)

/** Loads from the folder that run.mjs installs the frameworks and the packed hookseal into. */
export const load = createRequire(new URL('build/node-frameworks/', root))

const { Webhook } = load('hookseal')

/** The documented delivery of that event, with its provider's own signature. */
export function sample(provider, type) {
  const path = new URL(`core/providers/${provider}/samples/${type}.json`, root)
  const { secrets, headers, body, expect } = JSON.parse(readFileSync(path, 'utf8'))
  return { provider, secret: secrets[0], headers: Object.fromEntries(headers), body, event: expect.event }
}

export const genuine = sample('kasko', 'policy.created')
export const check = sample('claimport', 'webhook.test')

/** A delivery of KASKO with another body, signed as KASKO signs. */
export function signed(body) {
  const digest = createHmac('sha1', genuine.secret).update(body).digest('hex')
  return { ...genuine, body, headers: { ...genuine.headers, 'X-KASKO-Signature': `sha1=${digest}` } }
}

export function webhookFor({ provider, secret }) {
  return new Webhook(provider, secret)
}

/** A logger that keeps what it is told. */
export function memory() {
  const lines = []
  return { lines, warn: (line) => lines.push(`warn ${line}`), error: (line) => lines.push(`error ${line}`) }
}

/** Serves a listener of node:http on a free port until the test ends. */
export async function serve(t, listener) {
  const server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${server.address().port}`
}

/** Posts a delivery with fetch. */
export async function deliver(url, { headers, body }, init = {}) {
  const sent = new Headers(headers)
  for (const [name, value] of Object.entries(init.headers ?? {})) sent.set(name, value)
  const response = await fetch(url, {
    method: 'POST',
    headers: sent,
    body: init.body ?? body,
    duplex: 'half',
    signal: AbortSignal.timeout(120_000)
  })
  return { status: response.status, text: await response.text(), headers: response.headers }
}

/** Goes away within the body. */
export async function deliverPart(url, { headers, body }) {
  const outgoing = request(url, { method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body) } })
  outgoing.on('error', () => {})
  await new Promise((resolve) => outgoing.write(body.slice(0, 100), resolve))
  await new Promise((resolve) => setTimeout(resolve, 50))
  outgoing.destroy()
}

/** Waits for what happens soon. */
export async function until(happened) {
  for (let tries = 0; !happened(); tries += 1) {
    if (tries === 400) throw new Error('it did not happen')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/**
 * Writes a body that never ends, without saying how long it is, until it is answered. A server that closes the connection
 * with bytes unread may take its answer back before it is seen: then it is asked again.
 */
export async function deliverEndless(url, delivery, tries = 20) {
  try {
    return await writeEndless(url, delivery)
  } catch (error) {
    if (tries === 1 || !['ECONNRESET', 'EPIPE'].includes(error.code)) throw error
    return deliverEndless(url, delivery, tries - 1)
  }
}

async function writeEndless(url, { headers }) {
  const outgoing = request(url, { method: 'POST', headers, timeout: 120_000 })
  outgoing.on('error', () => {})
  const chunk = Buffer.alloc(64 * 1024, ' ')
  let sent = 0
  let answered = false
  const write = () => {
    while (!answered && !outgoing.destroyed) {
      sent += chunk.length
      if (!outgoing.write(chunk)) return outgoing.once('drain', write)
    }
  }
  write()
  const [response] = await once(outgoing, 'response')
  answered = true
  let text = ''
  for await (const part of response.setEncoding('utf8')) text += part
  outgoing.destroy()
  return { status: response.statusCode, text, sent }
}
