// Packs what is released, without a native library, and puts it into build/node-edge beside the runtimes, which are installed
// there: workerd, Deno, Bun and what drives Chromium.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pack } from '../../dist.mjs'
import { ensureInstalled } from '../packages/kit.mjs'
import { unpack } from '../packages/pack.mjs'
import { build } from './runtimes.mjs'

export function prepare() {
  ensureInstalled(fileURLToPath(new URL('.', import.meta.url)), build)
  const standIn = join(build, 'stand-in.node')
  writeFileSync(standIn, 'built elsewhere\n')
  const [main] = pack(() => standIn, join(build, 'tarballs'))
  const target = join(build, 'node_modules/hookseal')
  rmSync(target, { recursive: true, force: true })
  mkdirSync(target, { recursive: true })
  unpack(main.tarball, target, '--strip-components=1')
}
