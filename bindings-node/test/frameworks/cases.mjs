// The cases that every adapter of every language runs: tests/adapters/README.md says what they are.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { test } from 'node:test'
import { load, memory } from './kit.mjs'

const { Scheme, Webhook } = load('hookseal')
const { cases } = JSON.parse(readFileSync(new URL('../../../tests/adapters/cases.json', import.meta.url), 'utf8'))

/** How many there are, and how many need something that a framework may not leave to the adapter. */
const ALL = 81
const NEEDS = { headers_twice: 1, adapter_reads: 7, adapter_decodes: 19 }

/** What a framework's own parser of JSON refuses before the adapter is asked. */
export const NOT_JSON = ['refused/not-json', 'form/github-as-json-by-its-type', 'encoding/not-named']

/**
 * Runs the cases over HTTP: `start` is as for `adapterSuite`. `without` are the needs that the framework does not meet,
 * and `except` the names of the cases that it takes out of the adapter's hands in another way.
 */
export function adapterCases(name, start, { without = [], except = [] } = {}) {
  runCases(name, { without, except }, async (t) => {
    const servers = new Map()
    return async (one) => {
      const key = JSON.stringify([one.provider, one.scheme, one.secrets, one.options])
      if (!servers.has(key)) {
        const logger = memory()
        const events = []
        const { webhook, options } = setUp(one)
        const handle = (event) => void events.push(event)
        servers.set(key, { url: await start(t, { webhook, options: { logger, ...options }, handle }), events })
      }
      const { url, events } = servers.get(key)
      events.length = 0
      return { ...(await post(url, one.request)), events }
    }
  })
}

/** The same for what `answer(t)` answers, which is no server. */
export function runCases(name, { without = [], except = [] }, answer) {
  test(`${name}: the cases of every adapter`, { timeout: 600_000 }, async (t) => {
    const ask = await answer(t)
    const failures = []
    let ran = 0
    for (const one of cases) {
      if (without.includes(one.needs) || except.includes(one.name)) continue
      ran += 1
      try {
        await check(one, await ask(one))
      } catch (error) {
        failures.push(`${one.name}: ${error.message}`)
      }
    }
    assert.deepEqual(failures, [])
    assert.equal(cases.length, ALL)
    assert.equal(ran, without.reduce((rest, need) => rest - NEEDS[need], ALL - except.length))
  })
}

/** The webhook of a case, and the options of its adapter under the names that JavaScript has for them. */
export function setUp({ provider, scheme, secrets, options: { tolerance, max_body: maxBody, acknowledge } = {} }) {
  return { webhook: new Webhook(provider ?? new Scheme(scheme), secrets, { tolerance }), options: { maxBody, acknowledge } }
}

export function bytesOf({ body, body_base64: base64, body_repeated: repeated }) {
  if (body !== undefined) return Buffer.from(body)
  if (base64 !== undefined) return Buffer.from(base64, 'base64')
  return Buffer.from(repeated.before + repeated.repeat.repeat(repeated.times) + repeated.after)
}

function check({ expect }, { status, type, text, events }) {
  if (expect.refused) {
    assert.deepEqual([status, text], [expect.refused.status, JSON.stringify({ error: expect.refused.error })])
    assert.match(type, /^application\/json/)
    assert.equal(events.length, 0)
  } else if (expect.acknowledged) {
    assert.deepEqual([status, events.length], [200, 0])
  } else {
    assert.deepEqual([status, text, events.length], [204, '', 1])
    const [event] = events
    const found = { ...event.toJSON(), envelope: event.envelope, body: event.body.toString() }
    for (const [field, value] of Object.entries(expect.handled)) {
      const instant = (time) => time && Date.parse(time)
      if (field === 'created_at') assert.equal(instant(found[field]), instant(value))
      else assert.deepEqual(found[field] ?? null, value, field)
    }
  }
}

/** Sends the headers as they are, in order. */
async function post(url, request) {
  const { host, hostname, port, pathname } = new URL(url)
  const body = bytesOf(request)
  const headers = [['Host', host], ...request.headers, ['Content-Length', body.length], ['Connection', 'close']]
  const socket = connect({ host: hostname, port })
  await once(socket, 'connect')
  // What is refused early may not be read to its end.
  socket.on('error', () => {})
  socket.write(`POST ${pathname} HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`)
  socket.write(body)
  let answer = ''
  socket.setEncoding('latin1').on('data', (part) => (answer += part))
  await once(socket, 'close')
  const [, status] = /^HTTP\/1\.1 (\d+)/.exec(answer) ?? assert.fail('there is no answer')
  const end = answer.indexOf('\r\n\r\n')
  const type = /^content-type: (.*)$/im.exec(answer.slice(0, end))?.[1]
  return { status: Number(status), type, text: dechunked(answer.slice(0, end), answer.slice(end + 4)) }
}

function dechunked(head, text) {
  if (!/^transfer-encoding: chunked$/im.test(head)) return text
  return text.replace(/[0-9a-f]+\r\n([\s\S]*?)\r\n/g, '$1')
}
