// The runtimes that are installed in build/node-edge, and how a program is run in each.
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { start } from '../packages/kit.mjs'

export const build = fileURLToPath(new URL('../../../build/node-edge/', import.meta.url))
/** Loads what is installed there. */
export const load = createRequire(join(build, 'package.json'))

/** The binary of the platform's package. */
function binary(scope, path) {
  const folder = join(build, 'node_modules', scope)
  return readdirSync(folder).map((name) => join(folder, name, path)).find((candidate) => existsSync(candidate))
}

/** How each runtime that is like Node runs a program. This file alone may Deno read, besides what it imports. */
export const programs = (file) => ({
  Node: [process.execPath],
  Bun: [binary('@oven', 'bin/bun')],
  // Neither may it load native libraries, nor read what it does not import.
  Deno: [binary('@deno', 'deno'), 'run', '--no-prompt', `--allow-read=${file}`, '--allow-env']
})

/** A Workers project, as a bundler makes it of a module, run by workerd. */
export async function worker(t, entry, bindings = '') {
  const name = basename(entry).replace(/\.\w+$/, '')
  const outdir = join(build, `worker-${name}`)
  const options = { bundle: true, format: 'esm', conditions: ['workerd'], loader: { '.wasm': 'copy' }, assetNames: '[name]' }
  await load('esbuild').build({ ...options, entryPoints: [join(build, entry)], outdir, outExtension: { '.js': '.mjs' } })
  const modules = readdirSync(outdir).filter((file) => file.endsWith('.wasm'))
  const wasm = modules.map((file) => `(name = "${file}", wasm = embed "${file}")`)
  writeFileSync(
    join(outdir, 'config.capnp'),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]
);
const worker :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "${name}.mjs"), ${wasm.join(', ')}],
  compatibilityDate = "2026-01-01",
  bindings = [${bindings}]
);
`
  )
  const program = [binary('@cloudflare', 'bin/workerd'), 'serve', '--control-fd=1', '--verbose', 'config.capnp']
  return start(t, program, { cwd: outdir, address: ([, port]) => `http://127.0.0.1:${port}`, said: /"port":(\d+)/ })
}

/** A browser. */
export function chromium() {
  const executablePath = process.env.HOOKSEAL_CHROMIUM ?? '/usr/bin/chromium'
  return load('playwright-core').chromium.launch({ executablePath, args: ['--no-sandbox'] })
}
