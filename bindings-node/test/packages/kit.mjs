// Where the tests of the packages work, and how they run what they install.
import { execFile, execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** The package's own folder. */
export const source = fileURLToPath(new URL('../../', import.meta.url))

/** The packages, the bundlers and what is built with them. */
export const build = fileURLToPath(new URL('../../../build/node-packages/', import.meta.url))

/** The projects that install packages, where they find no others. */
export const projects = fileURLToPath(new URL('../../../build/node-projects/', import.meta.url))

/** The script that a package installed in a folder offers as a command. */
export function tool(folder, name, command = name) {
  const home = join(folder, 'node_modules', name)
  const { bin } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
  return join(home, typeof bin === 'string' ? bin : bin[command])
}

/**
 * Installs what the lock file in `from` names into `folder`, unless it is there already. Where from, the user's own
 * configuration of npm says.
 */
export function ensureInstalled(from, folder) {
  const lock = join(from, 'package-lock.json')
  const hash = createHash('sha256').update(readFileSync(lock)).digest('hex')
  const stamp = join(folder, 'node_modules', '.installed')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return
  rmSync(join(folder, 'node_modules'), { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const name of ['package.json', 'package-lock.json']) copyFileSync(join(from, name), join(folder, name))
  // Not `npm ci`, which wants the packages of all platforms in the lock file, and npm leaves out those that it cannot see.
  run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: folder, env: process.env })
  writeFileSync(stamp, hash)
}

/** A copy of a folder, where the packages are installed. */
export function fresh(name, from) {
  const folder = join(build, name)
  rmSync(folder, { recursive: true, force: true })
  cpSync(from, folder, { recursive: true })
  return folder
}

/** What an example depends on as it says, and as it is installed in a folder. */
export function dependenciesOf(example, folder) {
  const read = (path) => JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'))
  const { dependencies, devDependencies } = read(join(source, 'examples', example))
  const declared = { ...dependencies, ...devDependencies }
  const versions = Object.keys(declared).map((name) => [name, `^${read(join(folder, 'node_modules', name)).version}`])
  return { declared, installed: Object.fromEntries(versions) }
}

/** Where the sample delivery of that event stands. */
export function sample(provider, type) {
  return fileURLToPath(new URL(`../../../core/providers/${provider}/samples/${type}.json`, import.meta.url))
}

/** Runs a program to its end and gives what it printed, or throws with that. */
export function run(program, args, options) {
  try {
    return execFileSync(program, args, { ...settings(options), stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (error) {
    throw told(error)
  }
}

/** The same, and others may run meanwhile. */
export async function runAsync([program, ...args], options) {
  try {
    const running = promisify(execFile)(program, args, settings(options))
    running.child.stdin.end()
    return (await running).stdout
  } catch (error) {
    throw told(error)
  }
}

/**
 * Starts a server that prints the address it listens on, or what `address` makes it of where `said` finds it, and stops it when
 * the test ends. `printed()` is all that it printed so far.
 */
export async function start(t, [program, ...args], options) {
  const { cwd, env, timeout = 300_000, said = /http:\/\/\S+:\d+/, address = ([all]) => all } = options
  // A group of its own, as servers start others.
  const child = spawn(program, args, { cwd, env: { ...environment(), ...env }, detached: true, stdio: 'pipe' })
  const exited = new Promise((resolve) => child.once('close', resolve))
  t.after(() => {
    try {
      process.kill(-child.pid, 'SIGKILL')
    } catch (error) {
      if (error.code !== 'ESRCH') throw error
    }
    return exited
  })
  let text = ''
  const url = await new Promise((resolve, reject) => {
    const failed = (why) => reject(new Error(`${program} ${args.join(' ')} ${why}:\n${text}`))
    const timer = setTimeout(failed, timeout, 'told no address')
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk) => {
        text += chunk
        const found = said.exec(text)
        if (found) resolve(address(found))
      })
    }
    child.once('error', failed)
    exited.then(() => failed('ended'))
    exited.then(() => clearTimeout(timer))
  })
  // What is printed comes through a pipe, and so later than the answer to a request.
  const prints = async (pattern) => {
    for (let tries = 0; !pattern.test(text); tries += 1) {
      if (tries === 1000) throw new Error(`${pattern} was not printed:\n${text}`)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }
  return { url, prints, printed: () => text }
}

function settings({ cwd, env, timeout = 900_000 } = {}) {
  return { cwd, env: { ...environment(), ...env }, timeout, encoding: 'utf8' }
}

/** Without settings of package managers and proxies: what is run here asks this machine alone. */
function environment() {
  const others = ([name]) => !/^(npm|pnpm|yarn)_|_proxy$/i.test(name)
  return Object.fromEntries(Object.entries(process.env).filter(others))
}

function told(error) {
  error.message += `\n${error.stdout ?? ''}\n${error.stderr ?? ''}`
  return error
}
