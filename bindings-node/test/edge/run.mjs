// Packs what is released, without a native library, and tests its WebAssembly modules in real runtimes, which are installed
// into build/node-edge: workerd, Deno, Bun, Node and Chromium.
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pack } from '../../dist.mjs'
import { ensureInstalled } from '../packages/kit.mjs'
import { unpack } from '../packages/pack.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))
const build = fileURLToPath(new URL('../../../build/node-edge/', import.meta.url))

ensureInstalled(here, build)
const standIn = join(build, 'stand-in.node')
writeFileSync(standIn, 'built elsewhere\n')
const [main] = pack(() => standIn, join(build, 'tarballs'))
const target = join(build, 'node_modules/hookseal')
rmSync(target, { recursive: true, force: true })
mkdirSync(target, { recursive: true })
unpack(main.tarball, target, '--strip-components=1')

const { status } = spawnSync(process.execPath, ['--test', '--test-reporter=spec', 'edge.test.mjs'], { cwd: here, stdio: 'inherit' })
process.exitCode = status ?? 1
