// Installs the packed packages into empty projects, with each package manager, and uses them there.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { build, projects, run, runAsync, sample, source, tool } from './kit.mjs'
import { packed } from './pack.mjs'
import { serveRegistry } from './registry.mjs'

const packages = packed()
const [{ manifest: main }] = packages
const registry = await serveRegistry(packages)
after(registry.close)

/** Compares an archive with the list of what it should hold. */
const contents = join(source, '../tools/release/contents')
const expected = (name) => join(source, '../tools/release/lists', name)

const smoke = join(source, 'test/packages/smoke')

/** What runs the smoke tests: Node, or a package manager that puts itself before it. */
async function works(folder, program = [process.execPath]) {
  cpSync(smoke, folder, { recursive: true })
  for (const [script, expected] of [['smoke.mjs', 'ESM works'], ['smoke.cjs', 'CommonJS works']]) {
    const printed = await runAsync([...program, script, sample('kasko', 'policy.created')], { cwd: folder })
    assert.ok(printed.trim().endsWith(expected), printed)
  }
}

/** An empty project with nothing of this machine's own settings. */
function project(name, files = {}) {
  const folder = join(projects, name)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const given = { 'package.json': JSON.stringify({ name, private: true }), ...files }
  for (const [file, text] of Object.entries(given)) writeFileSync(join(folder, file), text)
  return folder
}

const npmrc = `registry=${registry.url}/\ncache=${join(build, 'npm-cache')}\naudit=false\nfund=false\n`
const wanted = packages.find(({ manifest }) => manifest !== main && existsSync(join(source, manifest.main))).manifest
const installedPlatforms = (folder) => readdirSync(join(folder, 'node_modules/@hookseal')).map((name) => `@hookseal/${name}`)

test('npm', { timeout: 900_000 }, async () => {
  const folder = project('npm', { '.npmrc': npmrc })
  await runAsync(['npm', 'install', main.name], { cwd: folder })
  assert.deepEqual(installedPlatforms(folder), [wanted.name])
  await works(folder)
})

test('npm without optional dependencies: WebAssembly, and a warning that names the package to install', { timeout: 900_000 }, async () => {
  const folder = project('npm-omit', { '.npmrc': npmrc })
  await runAsync(['npm', 'install', '--omit=optional', main.name], { cwd: folder })
  assert.ok(!existsSync(join(folder, 'node_modules/@hookseal')))
  const script = "console.log(new (require('hookseal').Webhook)('kasko', 'secret').provider)"
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], { cwd: folder, encoding: 'utf8' })
  assert.equal(stdout, 'kasko\n', stderr)
  assert.ok(stderr.includes(`npm install ${wanted.name}@${wanted.version}`), stderr)
})

test('pnpm', { timeout: 900_000 }, async () => {
  const folder = project('pnpm', { '.npmrc': npmrc })
  const options = ['--store-dir', join(build, 'pnpm-store'), '--registry', `${registry.url}/`]
  await runAsync([tool(build, 'pnpm'), 'add', main.name, ...options], { cwd: folder })
  const store = readdirSync(join(folder, 'node_modules/.pnpm'))
  assert.deepEqual(store.filter((name) => name.startsWith('@hookseal+')), [`${wanted.name.replace('/', '+')}@${wanted.version}`])
  await works(folder)
})

test('yarn 1', { timeout: 900_000 }, async () => {
  const folder = project('yarn-1', { '.npmrc': npmrc })
  const cache = join(build, 'yarn-cache')
  rmSync(cache, { recursive: true, force: true })
  const options = ['--cache-folder', cache, '--registry', registry.url, '--no-progress', '--non-interactive']
  await runAsync([process.execPath, tool(build, 'yarn'), 'add', main.name, ...options], { cwd: folder })
  // It knows no libc.
  assert.ok(installedPlatforms(folder).includes(wanted.name))
  await works(folder)
})

for (const linker of ['pnp', 'node-modules']) {
  test(`yarn 4, ${linker}`, { timeout: 900_000 }, async () => {
    const settings = {
      nodeLinker: linker,
      pnpEnableEsmLoader: true,
      npmRegistryServer: registry.url,
      unsafeHttpWhitelist: ['127.0.0.1'],
      enableTelemetry: false,
      enableGlobalCache: false,
      enableImmutableInstalls: false,
      globalFolder: join(build, `yarn-4-${linker}`)
    }
    rmSync(settings.globalFolder, { recursive: true, force: true })
    const yarn = [process.execPath, tool(build, '@yarnpkg/cli-dist', 'yarn')]
    const folder = project(`yarn-4-${linker}`, { '.yarnrc.yml': JSON.stringify(settings), 'yarn.lock': '' })
    await runAsync([...yarn, 'add', main.name], { cwd: folder })
    await works(folder, [...yarn, 'node'])
  })
}

test('nothing but the packages and their optional peers was asked for', () => {
  const peers = Object.keys(main.peerDependencies)
  // pnpm looks for a newer one of its own.
  const expected = [...packages.map(({ manifest }) => manifest.name), ...peers, 'pnpm']
  const names = expected.map((name) => `/${name}`)
  const others = registry.requests.filter((path) => !names.some((name) => path === name || path.startsWith(`${name}/`)))
  // What package managers ask a registry for beside packages.
  assert.deepEqual(others.filter((path) => !path.startsWith('/-/')), [])
})

test('what is packed', () => {
  const listed = (tarball) => run('tar', ['-tzf', tarball]).trim().split('\n').map((path) => path.replace(/^package\//, ''))
  const files = listed(packages[0].tarball)
  const targets = (value) => (typeof value === 'string' ? [value] : Object.values(value).flatMap(targets))
  for (const target of targets(main.exports)) assert.ok(files.includes(target.replace('./', '')), target)
  run(contents, ['--files', packages[0].tarball, expected('npm-main')])
  const platforms = packages.slice(1).map(({ manifest }) => manifest.name)
  assert.equal(platforms.length, 8)
  assert.deepEqual(Object.keys(main.optionalDependencies).sort(), platforms.sort())
  for (const [name, version] of Object.entries(main.optionalDependencies)) assert.equal(version, main.version, name)
  assert.equal(main.dependencies, undefined)
  assert.equal(main.scripts, undefined)
  assert.equal(main.devDependencies, undefined)
  for (const { manifest, tarball } of packages.slice(1)) {
    run(contents, ['--files', tarball, expected('npm-platform')])
    assert.ok(listed(tarball).includes(manifest.main))
    assert.equal(manifest.os.length, 1)
    assert.equal(manifest.cpu.length, 1)
    assert.equal(manifest.libc?.length, manifest.os[0] === 'linux' ? 1 : undefined, manifest.name)
  }
  const size = readFileSync(packages[0].tarball).length
  // Three WebAssembly modules, each as a file and as text.
  assert.ok(size < 3_600_000, `${size} bytes`)
})
