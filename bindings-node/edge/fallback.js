'use strict'

/** The binding for a Node, Deno or Bun that has no native library for its platform, or may not load one. */

const { bindingOf } = require('./binding')

const bytes = Uint8Array.from(atob(require('./built/explain.cjs')), (character) => character.charCodeAt(0))
module.exports = bindingOf(new WebAssembly.Module(bytes))
