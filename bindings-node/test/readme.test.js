'use strict'

/** Every block of code in the README and of the declarations runs, or stands in a file that is run or compiled. */

const assert = require('node:assert/strict')
const { spawnSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')
const { test } = require('node:test')

const { errorCodes } = require('../lib/binding')
const { errorOf } = require('../lib/errors')

const folder = path.join(__dirname, '..')
const readme = fs.readFileSync(path.join(folder, 'README.md'), 'utf8')
const blocksOf = (text) => [...text.matchAll(/```(\w+)\n(.*?)```/gs)].map(([, language, code]) => ({ language, code }))
const blocks = blocksOf(readme)
/** What an editor shows of the declarations. */
const examples = blocksOf(fs.readFileSync(path.join(folder, 'index.d.ts'), 'utf8').replace(/^ +\* ?/gm, ''))

/** What is tested elsewhere: the examples with their frameworks, the types by compiling them. */
const elsewhere = [...filesOf('examples'), ...filesOf('test/types')].map((file) => fs.readFileSync(file, 'utf8'))

function filesOf(name) {
  return fs
    .readdirSync(path.join(folder, name), { withFileTypes: true })
    .filter((entry) => entry.name !== 'node_modules')
    .flatMap((entry) => (entry.isDirectory() ? filesOf(path.join(name, entry.name)) : [path.join(folder, name, entry.name)]))
}

test('the README has the blocks that are meant to be', () => {
  const counts = {}
  for (const { language } of blocks) counts[language] = (counts[language] ?? 0) + 1
  assert.deepEqual(counts, { sh: 1, js: 34, ts: 4 })
  assert.equal(examples.length, 3)
})

let ran = 0
for (const [number, { language, code }] of [...blocks, ...examples].entries()) {
  if (language === 'sh') continue
  const first = code.trim().split('\n')[0]
  test(`block ${number}: ${first}`, () => {
    if (elsewhere.some((text) => text.includes(code))) return
    assert.equal(language, 'js', 'it stands in no file that is tested')
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, KASKO_SECRET: 'secret', CLAIMPORT_SECRET: 'secret' }
    })
    assert.equal(status, 0, stderr)
    const promised = [...code.matchAll(/console\.log\(.*\) \/\/ (.+?)(?:: .*)?$/gm)].map(([, value]) => value)
    assert.deepEqual(stdout.trim().split('\n').filter(Boolean), promised)
    ran += 1
  })
}

test('some blocks were run here', () => assert.equal(ran, 13))

test('the table of errors is the core\'s', () => {
  const rows = [...readme.matchAll(/^\| `(\w+)` \| `(\w+)` \|.*\| (\d+) \|$/gm)]
  const found = rows.map(([, name, code, httpStatus]) => ({ name, code, httpStatus: Number(httpStatus) }))
  const expected = errorCodes().map(({ code, httpStatus }) => ({ name: errorOf(code, '').name, code, httpStatus }))
  assert.deepEqual(found, expected)
})
