'use strict'

/* global wasm -- what the bundle is a function of: the compiled module. */

module.exports = require('./binding').bindingOf(wasm)
