'use strict'

const { HooksealError } = require('../index.js')
const { inboxCodes } = require('../lib/binding.js')

const statuses = new Map(inboxCodes().map(({ code, httpStatus }) => [code, httpStatus]))

/** Why an inbox did not do what it was asked for. */
class InboxError extends HooksealError {
  constructor({ code, message, httpStatus = statuses.get(code), retryAfter }, cause) {
    super(code, message)
    this.httpStatus = httpStatus
    this.retryAfter = retryAfter ?? null
    if (cause !== undefined) Object.defineProperty(this, 'cause', { value: cause, writable: true, configurable: true })
  }
}

Object.defineProperty(InboxError.prototype, 'name', { value: 'InboxError', writable: true, configurable: true })

/** Runs what goes through the core, and gives the inbox's errors their class. */
function translated(run) {
  try {
    return run()
  } catch (error) {
    throw statuses.has(error?.code) ? new InboxError(error) : error
  }
}

/** For what only the binding can tell: how it is called. */
function misused(message) {
  return new InboxError({ code: 'invalid_inbox', message })
}

module.exports = { InboxError, misused, translated }
