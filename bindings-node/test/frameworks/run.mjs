// Installs the frameworks and the packed packages into build/node-frameworks, and tests the adapters there:
//
//   node test/frameworks/run.mjs [name ...]     all of them, or those with such a name
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { install, pack } from '../packages/pack.mjs'
import { ensureInstalled } from '../packages/kit.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))
const folder = fileURLToPath(new URL('../../../build/node-frameworks/', import.meta.url))
const wanted = process.argv.slice(2)

ensureInstalled(here, folder)
install(pack(), folder)

const tests = readdirSync(here)
  .filter((name) => name.endsWith('.test.mjs'))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
if (tests.length === 0) throw new Error(`no test is named ${wanted.join(' or ')}`)
const { status } = spawnSync(process.execPath, ['--test', '--test-reporter=spec', ...tests], { cwd: here, stdio: 'inherit' })
process.exitCode = status ?? 1
