// Packs what is released: the main package, and one for each platform.
//
//   node dist.mjs LIBRARIES OUT     LIBRARIES holds hookseal.<platform>.node of every platform
import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle } from './bundle.mjs'

const source = fileURLToPath(new URL('.', import.meta.url))
const licences = ['LICENSE-APACHE', 'LICENSE-MIT']

/**
 * Packs into the folder `out`, and gives every package as { manifest, tarball }, the main one first. `libraryOf` gives
 * the path of the library with such a name.
 */
export function pack(libraryOf, out) {
  const stage = mkdtempSync(join(tmpdir(), 'hookseal-pack-'))
  try {
    execFileSync('tar', ['-xzf', npmPack(source, stage), '-C', stage])
    const main = join(stage, 'package')
    bundle(main)
    const napi = (...args) => execFileSync(process.execPath, [napiCommand(), ...args], { cwd: main, stdio: 'pipe' })
    napi('create-npm-dirs', '--npm-dir', 'npm')
    const platforms = readdirSync(join(main, 'npm')).map((name) => join(main, 'npm', name))
    for (const folder of platforms) {
      const manifest = read(folder)
      copyFileSync(libraryOf(manifest.main), join(folder, manifest.main))
      for (const licence of licences) copyFileSync(join(source, licence), join(folder, licence))
      write(folder, { ...manifest, files: [...manifest.files, ...licences] })
    }
    // Makes them the main package's optional dependencies, in exactly its version.
    napi('pre-publish', '--npm-dir', 'npm', '--skip-optional-publish', '--no-gh-release')
    // What builds and tests a checkout is not there where the package is installed.
    const manifest = read(main)
    for (const key of ['scripts', 'devDependencies', 'napi']) delete manifest[key]
    write(main, manifest)
    mkdirSync(out, { recursive: true })
    return [main, ...platforms].map((folder) => ({ manifest: read(folder), tarball: npmPack(folder, out) }))
  } finally {
    rmSync(stage, { recursive: true })
  }
}

function npmPack(folder, destination) {
  const args = ['pack', '--silent', '--ignore-scripts', '--pack-destination', destination]
  const options = { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' }
  return join(destination, basename(execFileSync('npm', args, options).trim()))
}

function napiCommand() {
  const home = join(source, 'node_modules/@napi-rs/cli')
  return join(home, read(home).bin.napi)
}

function read(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}

function write(folder, manifest) {
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [libraries, out] = process.argv.slice(2).map((path) => resolve(path))
  if (!out) throw new Error('usage: dist.mjs LIBRARIES OUT')
  const packages = pack((name) => {
    const path = join(libraries, name)
    if (!existsSync(path)) throw new Error(`${path} is missing: every platform's library must be there`)
    return path
  }, out)
  for (const { tarball } of packages) console.log(tarball)
}
