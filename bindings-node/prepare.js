'use strict'

/**
 * Builds the native library of a checkout with cargo: npm runs this where the package is installed from its folder or
 * from git, never where it comes from a registry.
 */

const { spawnSync } = require('node:child_process')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')

const folder = __dirname

function build() {
  const name = libraryName()
  const cargo = findCargo()
  if (!cargo) {
    if (fs.existsSync(path.join(folder, name))) return
    fail(
      'In a checkout its native library has to be built, and cargo, which does that, is missing: install Rust 1.89 or ' +
        'later from https://rustup.rs, then run `npm install` again'
    )
  }
  const args = ['build', '--release', '--locked', '--package', 'hookseal-node', '--message-format', 'json-render-diagnostics']
  const { status, error, stdout } = spawnSync(cargo, args, {
    cwd: path.dirname(folder),
    encoding: 'utf8',
    maxBuffer: Infinity,
    stdio: ['ignore', 'pipe', 'inherit']
  })
  if (error || status !== 0) fail(`cargo could not build its native library${error ? `: ${error.message}` : '; what it said stands above'}`)
  const messages = stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line))
  const artifact = messages.find(({ reason, target }) => reason === 'compiler-artifact' && target.name === 'hookseal_node')
  const built = artifact.filenames.find((file) => /\.(so|dylib|dll)$/.test(file))
  // Renamed into its place: a process that has the old one loaded keeps it.
  const target = path.join(folder, name)
  fs.copyFileSync(built, `${target}.new`)
  fs.renameSync(`${target}.new`, target)
}

/** The name under which lib/binding.js looks for this platform's library. */
function libraryName() {
  const { platform, arch } = process
  const abi = { linux: isMusl() ? 'musl' : 'gnu', win32: 'msvc' }[platform]
  return `hookseal.${[platform, arch, abi].filter(Boolean).join('-')}.node`
}

function isMusl() {
  return !process.report.getReport().header.glibcVersionRuntime
}

function findCargo() {
  const command = process.platform === 'win32' ? 'cargo.exe' : 'cargo'
  const home = process.env.CARGO_HOME ?? path.join(os.homedir(), '.cargo')
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), path.join(home, 'bin')]
  return folders.map((place) => path.join(place, command)).find((file) => fs.existsSync(file))
}

function fail(message) {
  console.error(`hookseal: ${message}`)
  process.exit(1)
}

build()
