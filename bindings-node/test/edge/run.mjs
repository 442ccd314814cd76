// Tests the WebAssembly modules of what is released in real runtimes: workerd, Deno, Bun, Node and Chromium.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { prepare } from './prepare.mjs'

prepare()
const here = fileURLToPath(new URL('.', import.meta.url))
const { status } = spawnSync(process.execPath, ['--test', '--test-reporter=spec', 'edge.test.mjs'], { cwd: here, stdio: 'inherit' })
process.exitCode = status ?? 1
