'use strict'

const binding = require('./binding')

const codes = new Map(binding.errorCodes().map((facts) => [facts.code, facts]))

class HooksealError extends Error {
  constructor(code, message) {
    super(message)
    this.code = code
    this.httpStatus = codes.get(code)?.httpStatus
  }
}

class VerificationError extends HooksealError {}
class MissingHeaderError extends VerificationError {}
class MalformedHeaderError extends VerificationError {}
class SignatureMismatchError extends VerificationError {}
class TimestampError extends VerificationError {}
class PayloadError extends HooksealError {}
class ConfigurationError extends HooksealError {}

const classes = {
  HooksealError,
  VerificationError,
  MissingHeaderError,
  MalformedHeaderError,
  SignatureMismatchError,
  TimestampError,
  PayloadError,
  ConfigurationError
}

// On the prototype, so that it is not among what each error prints of its own.
for (const [name, { prototype }] of Object.entries(classes)) {
  Object.defineProperty(prototype, 'name', { value: name, writable: true, configurable: true })
}

/** The error for what the core refused. */
function errorOf(code, message) {
  return new (classes[codes.get(code)?.className] ?? HooksealError)(code, message)
}

/** Runs what goes through the core, and gives its errors their class. */
function translated(run) {
  try {
    return run()
  } catch (error) {
    throw codes.has(error?.code) ? errorOf(error.code, error.message) : error
  }
}

module.exports = { classes, errorOf, translated }
