'use strict'

/** The native library, or an error that says which package is missing. */

const { dirname } = require('node:path')

try {
  module.exports = require('../native.js')
} catch (cause) {
  throw new Error(explanation(), { cause })
}

function explanation() {
  const { name, version, optionalDependencies } = require('../package.json')
  const { platform, arch } = process
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
  const { header } = process.report.getReport()
  return header.glibcVersionRuntime ? `glibc ${header.glibcVersionRuntime}` : 'musl'
}
