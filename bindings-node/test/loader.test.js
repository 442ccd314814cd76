'use strict'

/** What is said where there is no native library. */

const assert = require('node:assert/strict')
const { spawnSync } = require('node:child_process')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const { test } = require('node:test')

const manifest = require('../package.json')

const { version } = manifest

/** What packing adds. */
const optionalDependencies = Object.fromEntries(
  ['linux-x64-gnu', 'linux-arm64-gnu', 'darwin-arm64', 'win32-x64-msvc'].map((platform) => [`@hookseal/node-${platform}`, version])
)

/** Loads the package from a place without a native library, as if on another platform. */
function load(changes, packed = { ...manifest, optionalDependencies }) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hookseal-'))
  for (const name of ['index.js', 'lib']) {
    fs.cpSync(path.join(__dirname, '..', name), path.join(folder, name), { recursive: true })
  }
  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify(packed))
  const program = `
    for (const [name, value] of Object.entries(${JSON.stringify(changes)})) Object.defineProperty(process, name, { value })
    try { require('./index.js') } catch (error) { console.log(JSON.stringify([error.message, Boolean(error.cause)])) }`
  const { stdout } = spawnSync(process.execPath, ['--eval', program], { cwd: folder, encoding: 'utf8' })
  fs.rmSync(folder, { recursive: true })
  return JSON.parse(stdout)
}

test('the error names the platform and the package to install', () => {
  const [message, cause] = load({})
  const { glibcVersionRuntime } = process.report.getReport().header
  const name = `@hookseal/node-${process.platform}-${process.arch}${glibcVersionRuntime ? '-gnu' : ''}`
  assert.ok(message.includes(`npm install ${name}@${version}`), message)
  if (glibcVersionRuntime) assert.ok(message.includes(`with glibc ${glibcVersionRuntime}`), message)
  assert.ok(cause)
})

test('the error says which platforms there are', () => {
  const [message] = load({ platform: 'sunos', arch: 'sparc' })
  assert.match(message, /no native library for this platform \(sunos-sparc, Node v\d/)
  assert.match(message, /linux-x64-gnu.*darwin-arm64.*win32-x64-msvc/)
})

test('in a checkout the error says how the library is built', () => {
  const [message, cause] = load({}, manifest)
  assert.match(message, /This is a checkout, in which cargo builds it: run `npm run prepare --prefix \S*hookseal-\w+`/)
  assert.ok(cause)
})
