// Whole receivers over HTTP: requests per second, and how long the slowest hundredth waits. Each way has a server of its
// own, and they are asked in turn.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { Webhook } from '../index.mjs'
import { ORDINARY } from './handed-over.mjs'

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const WAYS = ['adapter', 'snippet']
const CONNECTIONS = 8
const BATCH = 1000

/** For each framework what each way comes to: `{ framework, rate, p99 }`, by way, and the ratios. */
export async function receivers(folder, body, rounds) {
  const signed = new Webhook('claimport', SECRET).sign(body)
  const found = []
  for (const framework of ['express', 'fastify']) {
    const servers = await Promise.all(WAYS.map((way) => start(folder, framework, way)))
    const clients = await Promise.all(servers.map(({ port }) => connections(port, message(signed, body))))
    const samples = WAYS.map(() => [])
    const waits = WAYS.map(() => [])
    for (let round = -10; round < rounds; round += 1) {
      for (const which of round % 2 ? [0, 1] : [1, 0]) {
        const { rate, times } = await batch(clients[which])
        // Until it is compiled.
        if (round < 0) continue
        samples[which].push(rate)
        waits[which].push(percentile(times, 0.99))
      }
    }
    for (const client of clients.flat()) client.socket.destroy()
    for (const { child } of servers) child.kill()
    const ratio = (values) => median(values[0].map((value, round) => value / values[1][round]))
    const by = (values) => Object.fromEntries(WAYS.map((way, which) => [way, median([...values[which]])]))
    found.push({ framework, rate: by(samples), rateRatio: ratio(samples), p99: by(waits), p99Ratio: ratio(waits) })
  }
  return found
}

async function start(folder, framework, way) {
  const env = { ...process.env, CLAIMPORT_SECRET: SECRET, NODE_ENV: 'production' }
  const child = spawn(process.execPath, ['receiver-server.mjs', framework, way], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] })
  const [port] = await once(child.stdout, 'data')
  return { child, port: Number(port) }
}

/** A delivery as it goes over the wire. */
function message(signed, body) {
  const headers = { ...ORDINARY, ...signed, 'content-length': body.length }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.concat([Buffer.from(`POST /webhooks HTTP/1.1\r\n${lines.join('')}\r\n`), body])
}

function connections(port, request) {
  return Promise.all(Array.from({ length: CONNECTIONS }, async () => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    await once(socket, 'connect')
    return { socket, request }
  }))
}

/** So many requests, each connection one after the other. */
async function batch(clients) {
  const times = []
  const began = process.hrtime.bigint()
  await Promise.all(clients.map((client) => ask(client, BATCH / CONNECTIONS, times)))
  return { rate: BATCH / (Number(process.hrtime.bigint() - began) / 1e9), times }
}

/** An answer of 204 has no body: it ends with its headers. */
function ask({ socket, request }, count, times) {
  return new Promise((resolve, reject) => {
    let text = ''
    let sent
    const send = () => {
      sent = process.hrtime.bigint()
      socket.write(request)
    }
    const data = (chunk) => {
      text += chunk.latin1Slice()
      if (!text.endsWith('\r\n\r\n')) return
      if (!text.startsWith('HTTP/1.1 204 ')) return done(() => reject(new Error(text)))
      text = ''
      times.push(Number(process.hrtime.bigint() - sent) / 1e6)
      count -= 1
      if (count > 0) send()
      else done(resolve)
    }
    const done = (settle) => {
      socket.off('data', data).off('error', reject)
      settle()
    }
    socket.on('data', data).on('error', reject)
    send()
  })
}

function percentile(values, part) {
  return values.sort((a, b) => a - b)[Math.floor(values.length * part)]
}

function median(values) {
  return percentile(values, 0.5)
}
