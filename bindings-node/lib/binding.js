'use strict'

/** The native library; where there is none, the WebAssembly module, which says so once. */

const { dirname, join } = require('node:path')

const { platform, arch } = process

const causes = []
const library = platform === 'linux' ? (load('-gnu') ?? load('-musl')) : load('')
module.exports = library ? { ...library, bodyOf: (characters) => Buffer.from(characters, 'latin1') } : fallback()

/** The module has everything but the inbox. It is not in a checkout that has not built it. */
function fallback() {
  const reason = explanation()
  let binding
  try {
    binding = require('../edge/fallback.js')
  } catch (cause) {
    causes.push(cause)
    throw new Error(reason, { cause: new AggregateError(causes) })
  }
  const said = Symbol.for('hookseal.fallback')
  if (!globalThis[said]) {
    globalThis[said] = true
    process.emitWarning(`${reason}. Its WebAssembly module is used instead: it verifies the same, more slowly, and has no inbox`, {
      code: 'HOOKSEAL_FALLBACK'
    })
  }
  return binding
}

/**
 * The library that was built for this platform: in its package, or, in a checkout, here. Each is named, for bundlers. On Linux, only that
 * for the system's C library is there or can be loaded.
 */
function load(libc) {
  const target = `${platform}-${arch}${libc}`
  try {
    switch (target) {
      case 'linux-x64-gnu':
        return require('@hookseal/node-linux-x64-gnu')
      case 'linux-arm64-gnu':
        return require('@hookseal/node-linux-arm64-gnu')
      case 'linux-x64-musl':
        return require('@hookseal/node-linux-x64-musl')
      case 'linux-arm64-musl':
        return require('@hookseal/node-linux-arm64-musl')
      case 'darwin-x64':
        return require('@hookseal/node-darwin-x64')
      case 'darwin-arm64':
        return require('@hookseal/node-darwin-arm64')
      case 'win32-x64':
        return require('@hookseal/node-win32-x64-msvc')
      case 'win32-arm64':
        return require('@hookseal/node-win32-arm64-msvc')
    }
  } catch (cause) {
    causes.push(cause)
  }
  try {
    // Out of the sight of bundlers, as it is not in the package.
    const built = { exports: {} }
    process.dlopen(built, join(dirname(__dirname), `hookseal.${target}${platform === 'win32' ? '-msvc' : ''}.node`))
    return built.exports
  } catch (cause) {
    causes.push(cause)
    return undefined
  }
}

function explanation() {
  const { name, version, optionalDependencies } = require('../package.json')
  const abi = { linux: libc() === 'musl' ? 'musl' : 'gnu', win32: 'msvc' }[platform]
  const target = [platform, arch, abi].filter(Boolean).join('-')
  const here = `${platform}-${arch}${platform === 'linux' ? ` with ${libc()}` : ''}, Node ${process.version}`
  // Packing adds them.
  if (!optionalDependencies) {
    return (
      `${name} cannot load its native library on ${here}. This is a checkout, in which cargo builds it: run ` +
      `\`npm run prepare --prefix ${dirname(__dirname)}\`. What was tried is in \`cause\``
    )
  }
  const wanted = Object.keys(optionalDependencies).find((dependency) => dependency.endsWith(`node-${target}`))
  if (!wanted) {
    const built = Object.keys(optionalDependencies).map((dependency) => dependency.replace(/^.*?node-/, ''))
    return `${name} has no native library for this platform (${here}): it is built for ${built.join(', ')}`
  }
  return (
    `${name} cannot load its native library on ${here}: it is in the package ${wanted}, so run ` +
    `\`npm install ${wanted}@${version}\`. It is left out if optional dependencies are omitted, or if ` +
    'node_modules or its lock file were made on another platform. What was tried is in `cause`'
  )
}

function libc() {
  try {
    const { header } = process.report.getReport()
    return header.glibcVersionRuntime ? `glibc ${header.glibcVersionRuntime}` : 'musl'
  } catch {
    // Deno asks for a permission.
    return 'a C library that it may not be asked for'
  }
}
