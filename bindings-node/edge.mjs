// Writes edge/built: the WebAssembly modules, built by cargo, and the library over them for each way to load them.
//
//   node edge.mjs
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { bundled } from './bundle.mjs'

const source = fileURLToPath(new URL('.', import.meta.url))
const root = join(source, '..')
const out = join(source, 'edge/built')

/** Each module, the features of bindings-wasm that it has, and how many bytes it may be, gzipped. */
const MODULES = {
  hookseal: { features: [], limit: 171_000 },
  'public-keys': { features: ['public-keys'], limit: 316_000 },
  explain: { features: ['content-encoding', 'explain', 'public-keys', 'schemes'], limit: 810_000 }
}

/** How each runtime wants to be given a module, and the format of what does it. */
const LOADERS = {
  workerd: (name) => `import wasm from '../${name}.wasm'\n`,
  'edge-light': (name) => `import wasm from '../${name}.wasm?module'\n`,
  inline: (name) => `import base64 from '../${name}.cjs'\n${compiled}`
}
const compiled = 'const wasm = new WebAssembly.Module(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)))\n'

const NAMES = /^export const \{\n([^}]*)\n\} = /m.exec(readFileSync(join(source, 'index.mjs'), 'utf8'))[1]

/** Without a path of this machine in it, and for processors with SIMD, which all of these runtimes have. */
const said = (program, ...args) => execFileSync(program, args, { cwd: root, encoding: 'utf8' }).trim()
const env = { ...process.env, RUSTFLAGS: `${said(join(root, 'tools/release/rustflags'))} -C target-feature=+simd128` }
const standardLibrary = []
if (!existsSync(join(said('rustc', '--print', 'sysroot'), 'lib/rustlib/wasm32-unknown-unknown'))) {
  // Of its source, as tools/setup has put it there.
  standardLibrary.push('-Z', 'build-std=std,panic_abort')
  env.RUSTC_BOOTSTRAP = '1'
}

function build(name, { features, limit }) {
  const target = 'wasm32-unknown-unknown'
  const args = ['build', '--quiet', '--locked', '--package', 'hookseal-wasm', '--target', target, '--profile', 'edge', '--features', features.join()]
  execFileSync('cargo', [...args, ...standardLibrary], { cwd: root, env, stdio: 'inherit' })
  const folder = process.env.CARGO_TARGET_DIR ?? join(root, 'target')
  const module = readFileSync(join(folder, target, 'edge/hookseal_wasm.wasm'))
  const { length } = gzipSync(module, { level: 9 })
  console.log(`${name}: ${module.length} bytes, ${length} gzipped`)
  if (length > limit) throw new Error(`${name} is ${length} bytes gzipped: at most ${limit} are allowed`)
  return module
}

const write = (name, text) => writeFileSync(join(out, name), text)
const others = {
  [join(source, 'lib/binding.js')]: join(source, 'edge/instance.js'),
  [join(source, 'lib/host.js')]: join(source, 'edge/host.js')
}
const edge = (file) => bundled(join(source, file), source, ['adapters', 'edge', 'lib'], others)

rmSync(out, { recursive: true, force: true })
for (const folder of ['', ...Object.keys(LOADERS)]) mkdirSync(join(out, folder), { recursive: true })

const library = edge('index.js').replace(/module\.exports = (.*)\n$/, 'return $1\n')
write('library.mjs', `export function libraryOf(wasm) {\n${library}}\n`)
write('library.cjs', `exports.libraryOf = (wasm) => {\n${library}}\n`)
const adapter = edge('adapters/fetch.js')
write('fetch.mjs', adapter.replace(/module\.exports = (.*)\n$/, 'export $1\n'))
write('fetch.cjs', adapter)

for (const [name, settings] of Object.entries(MODULES)) {
  const module = build(name, settings)
  write(`${name}.wasm`, module)
  // Once, for both kinds of modules.
  write(`${name}.cjs`, `module.exports = '${module.toString('base64')}'\n`)
  for (const [loader, loaded] of Object.entries(LOADERS)) {
    const made = `const hookseal = libraryOf(wasm)\nexport const {\n${NAMES}\n} = hookseal\nexport default hookseal\n`
    write(`${loader}/${name}.mjs`, `${loaded(name)}import { libraryOf } from '../library.mjs'\n${made}`)
  }
  const required = `const base64 = require('../${name}.cjs')\nconst { libraryOf } = require('../library.cjs')\n`
  write(`inline/${name}.cjs`, `${required}${compiled}module.exports = libraryOf(wasm)\n`)
}
