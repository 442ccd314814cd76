// Installs the database drivers into build/node-inbox, starts the servers, and tests the inbox with every version of Node:
//
//   node test/inbox/run.mjs [name ...]     all tests, or those with such a name
//   node test/inbox/run.mjs --install      only installs the drivers and the package
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { install, pack } from '../packages/pack.mjs'
import { ensureInstalled, run } from '../packages/kit.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))
const root = fileURLToPath(new URL('../../../', import.meta.url))
const folder = join(root, 'build/node-inbox')
const versions = join(root, 'build/node-versions/node_modules')

const isInstallation = process.argv[2] === '--install'
if (!isInstallation && !process.env.HOOKSEAL_TEST_POSTGRESQL) {
  const again = [process.execPath, fileURLToPath(import.meta.url), ...process.argv.slice(2)]
  process.exit(spawnSync(join(root, 'tests/inbox/with-servers'), again, { stdio: 'inherit' }).status ?? 1)
}

ensureInstalled(here, folder)
install(pack(), folder)
const addon = join(folder, 'node_modules/better-sqlite3/build/Release/better_sqlite3.node')
const stamp = `${addon}.for`
// It is built for one version of Node, from the headers that this one came with.
if (!existsSync(addon) || !existsSync(stamp) || readFileSync(stamp, 'utf8') !== process.versions.modules) {
  const nodedir = dirname(dirname(process.execPath))
  run('npm', ['rebuild', 'better-sqlite3', '--foreground-scripts'], { cwd: folder, env: { ...process.env, npm_config_nodedir: nodedir } })
  writeFileSync(stamp, process.versions.modules)
}

if (isInstallation) process.exit()

const wanted = process.argv.slice(2)
const tests = readdirSync(here)
  .filter((name) => name.endsWith('.test.mjs'))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
if (tests.length === 0) throw new Error(`no test is named ${wanted.join(' or ')}`)

const only = process.env.HOOKSEAL_TEST_NODE
const others = existsSync(versions)
  ? readdirSync(versions).filter((name) => name.startsWith('node-') && (!only || name.startsWith(`node-${only}-`))).map((name) => join(versions, name, 'bin/node'))
  : []
const env = { ...process.env, HOOKSEAL_TEST_SQLITE_ABI: process.versions.modules }
let failed = 0
for (const node of others.some((name) => name === process.execPath) ? others : [process.execPath, ...others]) {
  console.log(`\n== inbox, with ${node}`)
  // The examples have no file for each version of Node: they run with the one that the addon is built for.
  const own = node === process.execPath ? tests : tests.filter((name) => !name.startsWith('examples'))
  const { status } = spawnSync(node, ['--test', '--test-reporter=spec', ...own], { cwd: here, stdio: 'inherit', env })
  if (status !== 0) failed += 1
}
process.exitCode = failed
