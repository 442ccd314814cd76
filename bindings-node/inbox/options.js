'use strict'

/** What an inbox is built of: checked, and handed to the core. */

const { NativeInboxBuilder } = require('../lib/binding.js')
const { describe, optionsOf } = require('../lib/input.js')
const { misused, translated } = require('./error.js')

const FOR_INBOX = Symbol.for('hookseal.inbox')
const OPTIONS = ['webhook', 'sources', 'prefix', 'backoff', 'lease', 'dialect']

/** A source's order as the core has it. */
function orderOf(order) {
  if (order === undefined || order === null) return undefined
  const { aggregate, orderBy = 'arrival', deadBlocks = true } = optionsOf(order, ['aggregate', 'orderBy', 'deadBlocks'])
  const sequence = typeof orderBy === 'object' && orderBy !== null ? optionsOf(orderBy, ['sequence']).sequence : undefined
  if (typeof aggregate !== 'string' || typeof deadBlocks !== 'boolean') {
    throw new TypeError('an order has an `aggregate`, which is a JSON Pointer, and perhaps `deadBlocks`, true or false')
  }
  if (sequence === undefined && !['arrival', 'created_at'].includes(orderBy)) {
    throw new TypeError("orderBy must be 'arrival', 'created_at' or { sequence: a JSON Pointer }")
  }
  return { aggregate, orderBy: sequence === undefined ? orderBy : 'sequence', sequence, deadBlocks }
}

function internalsOf(webhook) {
  if (typeof webhook?.[FOR_INBOX] !== 'function') {
    throw new TypeError(`webhook must be a Webhook of hookseal, not ${describe(webhook)}`)
  }
  return webhook[FOR_INBOX]()
}

/** The options, and `build(dialect, placeholder)`, which makes of them the core's inbox. */
function settingsOf(options) {
  const { webhook, sources, prefix, backoff, lease, dialect } = optionsOf(options, OPTIONS)
  if ((webhook === undefined) === (sources === undefined)) throw misused('an inbox needs either `webhook` or `sources`')
  const { attempts, first, longest } = optionsOf(backoff, ['attempts', 'first', 'longest'])
  for (const [name, number] of Object.entries({ attempts, first, longest, lease })) {
    if (number !== undefined && !(typeof number === 'number' && number >= 0)) {
      throw new TypeError(`${name} must be a number, 0 or more, not ${describe(number)}`)
    }
  }
  if (prefix !== undefined && typeof prefix !== 'string') throw new TypeError(`prefix must be a string, not ${describe(prefix)}`)
  const builder = new NativeInboxBuilder()
  const known = new Map()
  const add = (name, given, order) => {
    const internals = internalsOf(given)
    builder.source(name, internals.native, orderOf(order))
    known.set(name ?? given.provider, { webhook: given, ...internals })
  }
  if (webhook !== undefined) add(undefined, webhook)
  else if (typeof sources !== 'object' || sources === null) throw new TypeError(`sources must be an object, not ${describe(sources)}`)
  for (const [name, given] of Object.entries(sources ?? {})) {
    if (typeof given?.[FOR_INBOX] === 'function') {
      add(name, given)
    } else {
      const { webhook: own, order } = optionsOf(given, ['webhook', 'order'])
      add(name, own, order)
    }
  }
  const build = (ofDialect, placeholder) =>
    translated(() => builder.build({ dialect: ofDialect, placeholder, prefix, attempts, first, longest, lease }))
  return { dialect, sources: known, build }
}

module.exports = { FOR_INBOX, internalsOf, settingsOf }
