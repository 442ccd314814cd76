// Measures what verifying costs beside other ways to do it, with the headers as frameworks hand them over, and what whole
// receivers and loading the package cost; prints the ratios and draws them:
//
//   node bench/run.mjs [--rounds=200] [--plot] [verify|receivers|start ...]     the plot goes to docs/node-speed.svg
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { ensureInstalled } from '../test/packages/kit.mjs'
import { install, pack } from '../test/packages/pack.mjs'
import { rows } from './contenders.mjs'
import { compare } from './paired.mjs'
import { plot } from './plot.mjs'
import { receivers } from './receivers.mjs'
import { start } from './start.mjs'

const { values, positionals } = parseArgs({
  options: { rounds: { type: 'string', default: '200' }, plot: { type: 'boolean', default: false } },
  allowPositionals: true
})
const rounds = Number(values.rounds)
const wanted = (part) => positionals.length === 0 || positionals.includes(part)
const root = new URL('../../', import.meta.url)
const here = fileURLToPath(new URL('.', import.meta.url))
const folder = fileURLToPath(new URL('build/node-bench/', root))

// The others, as the lock file says, and the package as it is released.
ensureInstalled(here, folder)
install(pack(), folder)
for (const name of ['peers.mjs', 'receiver-server.mjs']) cpSync(new URL(name, import.meta.url), new URL(`build/node-bench/${name}`, root))
const others = await import(new URL('build/node-bench/peers.mjs', root))

const payloads = ['p1k', 's350', 'b16k'].map((name) => {
  const body = readFileSync(new URL(`tests/bench/payloads/${name}.json`, root))
  return { name, body, bytes: body.length }
})

console.log(`Node ${process.version}, medians of ${rounds} rounds, each in turn`)
if (wanted('verify')) await verifying()
if (wanted('receivers')) await receiving()
if (wanted('start')) starting()

/** In microseconds, and times as fast. */
async function verifying() {
  const found = []
  for (const { name: payload, body, bytes } of payloads) {
    console.log(`\n${payload}, ${bytes} bytes, 15 headers; microseconds, and times as fast`)
    for (const [index, { name, against, container, wanted, ours, theirs }] of (await rows(body, others)).entries()) {
      const result = await compare(ours, theirs, rounds)
      found[index] ??= { name, against, container, ratios: {} }
      found[index].ratios[payload] = result.ratio
      const [own, other] = [result.ours, result.theirs].map((time) => (time / 1000).toFixed(2).padStart(8))
      const titles = `${name.padEnd(38)} ${container.padEnd(11)}`
      console.log(`  ${titles} ${own}  ${against.padEnd(46)} ${other}  ${verdictOn(result.ratio, wanted[payload])}`)
    }
  }
  if (!values.plot) return
  mkdirSync(new URL('docs/', root), { recursive: true })
  writeFileSync(new URL('docs/node-speed.svg', root), plot(found, payloads, `Times as fast, 15 headers, Node ${process.version}`))
}

/** Requests per second, and the milliseconds within which 99 of 100 are answered. */
async function receiving() {
  console.log('\nwhole receivers over HTTP, 881 bytes, 15 headers: requests per second, and the p99 in milliseconds')
  for (const { framework, rate, rateRatio, p99, p99Ratio } of await receivers(folder, payloads[0].body, rounds)) {
    const number = (value, digits) => value.toFixed(digits).padStart(8)
    console.log(`  ${framework.padEnd(10)} adapter ${number(rate.adapter, 0)} ${number(p99.adapter, 2)}   snippet ${number(rate.snippet, 0)} ${number(p99.snippet, 2)}   ${verdictOn(rateRatio, 1)}, p99 ${p99Ratio.toFixed(2)}`)
  }
}

function starting() {
  const { alone, loading, added } = start(folder, rounds)
  const verdict = added > 3 ? ': MISSED' : ''
  console.log(`\nstart of a process, milliseconds: Node alone ${alone.toFixed(1)}, and loading the package ${loading.toFixed(1)}: ${added.toFixed(1)} more, wanted 3${verdict}`)
}

/** A ratio beside the one that is wanted, if any. */
function verdictOn(ratio, wanted) {
  const target = wanted === undefined ? '' : `wanted ${wanted}${ratio < wanted ? ': MISSED' : ''}`
  return `${ratio.toFixed(2).padStart(6)}  ${target}`.trimEnd()
}
