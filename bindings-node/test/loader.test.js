'use strict'

/** What is said where there is no native library. */

const assert = require('node:assert/strict')
const { spawnSync } = require('node:child_process')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const { test } = require('node:test')

const { optionalDependencies, version } = require('../package.json')

/** Loads the package from a place without a native library, as if on another platform. */
function load(changes) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hookseal-'))
  for (const name of ['index.js', 'native.js', 'package.json', 'lib']) {
    fs.cpSync(path.join(__dirname, '..', name), path.join(folder, name), { recursive: true })
  }
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

test('platform packages are wanted in exactly this version', () => {
  const wanted = Object.entries(optionalDependencies)
  assert.equal(wanted.length, 8)
  for (const [name, exact] of wanted) assert.equal(exact, version, name)
})
