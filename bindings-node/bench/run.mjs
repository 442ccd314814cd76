// Measures what verifying costs beside other ways to do it, prints the ratios and draws them:
//
//   node bench/run.mjs [--rounds=200] [--plot]     the plot goes to docs/node-speed.svg
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { rows } from './contenders.mjs'
import { compare } from './paired.mjs'
import { plot } from './plot.mjs'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '200' }, plot: { type: 'boolean', default: false } } })
const rounds = Number(values.rounds)
const root = new URL('../../', import.meta.url)

/** The others, installed as the lock file says. */
async function peers() {
  const folder = new URL('build/node-bench/', root)
  mkdirSync(folder, { recursive: true })
  for (const name of ['package.json', 'package-lock.json', 'peers.mjs']) cpSync(new URL(name, import.meta.url), new URL(name, folder))
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder, stdio: 'inherit' })
  return import(new URL('peers.mjs', folder))
}

const others = await peers()
const payloads = ['p1k', 's350', 'b16k'].map((name) => {
  const body = readFileSync(new URL(`tests/bench/payloads/${name}.json`, root))
  return { name, body, bytes: body.length }
})

console.log(`Node ${process.version}, medians of ${rounds} rounds, each in turn; microseconds, and times as fast`)
const found = []
for (const { name: payload, body, bytes } of payloads) {
  console.log(`\n${payload}, ${bytes} bytes`)
  for (const [index, { name, against, wanted, ours, theirs }] of rows(body, others).entries()) {
    const result = await compare(ours, theirs, rounds)
    found[index] ??= { name, against, ratios: {} }
    found[index].ratios[payload] = result.ratio
    const target = wanted[payload] === undefined ? '' : `wanted ${wanted[payload]}${result.ratio < wanted[payload] ? ': MISSED' : ''}`
    const [own, other] = [result.ours, result.theirs].map((time) => (time / 1000).toFixed(2).padStart(8))
    console.log(`  ${name.padEnd(38)} ${own}  ${against.padEnd(46)} ${other}  ${result.ratio.toFixed(2).padStart(6)}  ${target}`)
  }
}
if (values.plot) {
  mkdirSync(new URL('docs/', root), { recursive: true })
  writeFileSync(new URL('docs/node-speed.svg', root), plot(found, payloads, `Times as fast, Node ${process.version}`))
}
