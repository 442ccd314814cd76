// Measures what verifying costs in runtimes without a native library, beside WebCrypto, whose key is imported once:
//
//   node bench/edge.mjs [--rounds=50]      builds the modules anew where anything has changed
import { execFileSync } from 'node:child_process'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { prepare } from '../test/edge/prepare.mjs'
import { build, chromium, load, programs, worker } from '../test/edge/runtimes.mjs'
import { runAsync } from '../test/packages/kit.mjs'
import { median, paired } from './edge/work.mjs'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '50' } } })
const rounds = Number(values.rounds)
execFileSync(process.execPath, [fileURLToPath(new URL('../edge.mjs', import.meta.url))], { stdio: 'inherit' })
prepare()
cpSync(fileURLToPath(new URL('edge', import.meta.url)), join(build, 'bench'), { recursive: true })

const read = (path) => readFileSync(new URL(`../../tests/bench/${path}`, import.meta.url), 'utf8')
const ordinary = JSON.parse(read('headers.json')).headers.filter((header) => header !== 'signature')
const names = ['s350', 'p1k', 'b16k']
const payloads = names.map((name) => read(`payloads/${name}.json`))
const given = { ordinary, payloads, rounds }
const file = join(build, 'bench.json')
writeFileSync(file, JSON.stringify(given))

const ended = []
const context = { after: (end) => ended.push(end) }
const measured = {}
for (const [name, program] of Object.entries(programs(file))) {
  measured[name] = JSON.parse(await runAsync([...program, 'bench/program.mjs', file], { cwd: build, timeout: 600_000 }))
}
measured.workerd = await inWorkerd()
measured.Chromium = await inChromium()
for (const end of ended.reverse()) await end()

console.log(`verify and event.data, headers a Headers object of fifteen; medians of ${rounds} rounds, each in turn`)
for (const [runtime, rows] of Object.entries(measured)) {
  rows.forEach(({ ours, theirs, ratio }, row) => {
    const times = `${ours.toFixed(2).padStart(9)}  WebCrypto, JSON.parse ${theirs.toFixed(2).padStart(9)}`
    console.log(`${runtime.padEnd(9)} ${names[row].padEnd(5)} µs ${times}  ${ratio.toFixed(2).padStart(6)} times as fast`)
  })
}

async function inWorkerd() {
  const { url } = await worker(context, 'bench/worker.mjs')
  const rows = []
  for (const body of payloads) {
    const asked = JSON.stringify({ ordinary, body })
    const post = async (side, count) => {
      const start = process.hrtime.bigint()
      const { status } = await fetch(`${url}/${side}/${count}`, { method: 'POST', body: asked })
      if (status !== 204) throw new Error(`workerd answered ${status}`)
      return Number(process.hrtime.bigint() - start) / 1000
    }
    const empty = []
    for (let round = 0; round < 100; round += 1) empty.push(await post('ours', 0))
    const asking = median(empty)
    const timed = (side) => async (count) => ((await post(side, count)) - asking) / count
    rows.push(await paired(timed('ours'), timed('theirs'), rounds))
  }
  return rows
}

async function inChromium() {
  const options = { entryPoints: [join(build, 'bench/page.mjs')], bundle: true, format: 'esm', platform: 'browser', write: false }
  const { outputFiles } = await load('esbuild').build(options)
  const server = createServer((request, response) => {
    const isScript = request.url === '/page.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.end(isScript ? outputFiles[0].text : '<!doctype html><title>hookseal</title><script type="module" src="/page.js"></script>')
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  context.after(() => server.close())
  const browser = await chromium()
  context.after(() => browser.close())
  const page = await browser.newPage()
  await page.goto(`http://127.0.0.1:${server.address().port}/`)
  return page.evaluate((all) => measure(all), given)
}
