// Packs what is released: the main package, and a package per platform. Those of other platforms than this one have a
// stand-in for the library.
import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { build, source, tool } from './kit.mjs'

const stage = join(build, 'stage')
const tarballs = join(build, 'tarballs')
const list = join(build, 'packages.json')

/** Every package as { manifest, tarball }, the main one first. */
export function pack() {
  const library = readdirSync(source).find((name) => name.endsWith('.node'))
  if (!library) throw new Error('build the library first: npm run build')
  for (const folder of [stage, tarballs]) {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
  }
  const main = join(stage, 'package')
  unpack(npmPack(source, stage), stage)

  const napi = (...args) => execFileSync(tool(source, '@napi-rs/cli', 'napi'), args, { cwd: main, stdio: 'pipe' })
  napi('create-npm-dirs', '--npm-dir', 'npm')
  const platforms = readdirSync(join(main, 'npm')).map((name) => join(main, 'npm', name))
  for (const folder of platforms) {
    const wanted = manifestOf(folder).main
    if (wanted === library) copyFileSync(join(source, library), join(folder, wanted))
    else writeFileSync(join(folder, wanted), 'built elsewhere\n')
  }
  napi('pre-publish', '--npm-dir', 'npm', '--skip-optional-publish', '--no-gh-release')

  const packages = [main, ...platforms].map((folder) => ({
    manifest: manifestOf(folder),
    tarball: npmPack(folder, tarballs)
  }))
  writeFileSync(list, JSON.stringify(packages))
  return packages
}

/** What `pack` gave the last time. */
export function packed() {
  return JSON.parse(readFileSync(list, 'utf8'))
}

/** The main package and this platform's, put where Node finds them. */
export function install(packages, folder) {
  const [main, ...platforms] = packages
  const wanted = platforms.find(({ manifest }) => existsSync(join(source, manifest.main)))
  for (const { manifest, tarball } of [main, wanted]) {
    const target = join(folder, 'node_modules', manifest.name)
    rmSync(target, { recursive: true, force: true })
    mkdirSync(target, { recursive: true })
    unpack(tarball, target, '--strip-components=1')
  }
}

function npmPack(folder, destination) {
  const args = ['pack', '--silent', '--ignore-scripts', '--pack-destination', destination]
  const name = execFileSync('npm', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()
  return join(destination, basename(name))
}

function unpack(tarball, folder, ...options) {
  execFileSync('tar', ['-xzf', tarball, '-C', folder, ...options])
}

function manifestOf(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}
