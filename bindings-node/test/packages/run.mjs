// Packs what is released, installs package managers and bundlers into build/node-packages, and tests with them:
//
//   node test/packages/run.mjs [name ...]     all of it, or the files with such a name
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build, ensureInstalled } from './kit.mjs'
import { install, pack } from './pack.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))
const wanted = process.argv.slice(2)

ensureInstalled(here, build)
install(pack(), build)

const tests = readdirSync(here)
  .filter((name) => name.endsWith('.test.mjs'))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
if (tests.length === 0) throw new Error(`no test is named ${wanted.join(' or ')}`)
const { status } = spawnSync(process.execPath, ['--test', '--test-reporter=spec', ...tests], { cwd: here, stdio: 'inherit' })
process.exitCode = status ?? 1
