'use strict'

/** What only Node has, and the runtimes that are like it; elsewhere edge/host.js stands in its place. */

const { inspect, types } = require('node:util')

module.exports = {
  types,
  inspection: inspect.custom,
  bytesFrom: (content, offset, length) => Buffer.from(content, offset, length),
  concatenated: (chunks, length) => Buffer.concat(chunks, length),
  lengthOf: (text) => Buffer.byteLength(text)
}
