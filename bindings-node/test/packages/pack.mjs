// Packs what is released: the main package, and a package per platform. Those of other platforms than this one have a
// stand-in for the library.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pack as packReleased } from '../../dist.mjs'
import { build, source } from './kit.mjs'

const tarballs = join(build, 'tarballs')
const list = join(build, 'packages.json')

/** Every package as { manifest, tarball }, the main one first. */
export function pack() {
  const library = readdirSync(source).find((name) => name.endsWith('.node'))
  if (!library) throw new Error('build the library first: npm run build')
  rmSync(tarballs, { recursive: true, force: true })
  mkdirSync(build, { recursive: true })
  const standIn = join(build, 'stand-in.node')
  writeFileSync(standIn, 'built elsewhere\n')
  const packages = packReleased((name) => (name === library ? join(source, library) : standIn), tarballs)
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

/** Unpacks a tarball into a folder. */
export function unpack(tarball, folder, ...options) {
  execFileSync('tar', ['-xzf', tarball, '-C', folder, ...options])
}
