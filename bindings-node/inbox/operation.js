'use strict'

const { InboxError } = require('./error.js')

/** Runs an operation's statements on a connection; a Promise of what it gives, unless the driver is synchronous. */
function drive(operation, connection) {
  return connection.isSync ? driveNow(operation, connection) : driveLater(operation, connection)
}

function driveNow(operation, connection) {
  const state = { isCertain: true }
  connection.isUncertain = true
  let step = operation.start()
  while (step.statement) {
    let result
    try {
      result = connection.run(bindable(step.statement))
    } catch (error) {
      step = failed(operation, state, step.statement, error)
      continue
    }
    step = succeeded(operation, result)
  }
  return end(step, connection, state)
}

async function driveLater(operation, connection) {
  const state = { isCertain: true }
  connection.isUncertain = true
  let step = operation.start()
  while (step.statement) {
    let result
    try {
      result = await connection.run(bindable(step.statement))
    } catch (error) {
      step = failed(operation, state, step.statement, error)
      continue
    }
    step = succeeded(operation, result)
  }
  return end(step, connection, state)
}

const NO_BYTES = Buffer.alloc(0)

/** A statement whose empty bytes are JavaScript's own: those of a native library are NULL to node:sqlite of Node 22. */
function bindable({ sql, parameters, kind }) {
  return { sql, parameters: parameters.map((value) => (value?.byteLength === 0 ? NO_BYTES : value)), kind }
}

function succeeded(operation, { rows, changed }) {
  return rows === undefined ? operation.changed(Number(changed ?? 0)) : operation.rows(rows)
}

function failed(operation, state, { kind }, error) {
  // What fails to begin or to end a transaction may leave one open.
  if (kind === 'transaction') state.isCertain = false
  const { sqlstate, code, message } = describeFailure(error)
  return operation.failed(sqlstate, code, message)
}

function end({ failure, outcome }, connection, { isCertain }) {
  connection.isUncertain = !isCertain
  if (failure) throw new InboxError(failure)
  return outcome
}

/** What a driver's error, or the one that a library put around it, says in the database's own terms. */
function describeFailure(error) {
  for (let inner = error; typeof inner === 'object' && inner !== null; inner = inner.cause) {
    const { code, errno, errcode, sqlState } = inner
    if (typeof errcode === 'number') return { code: errcode, message: textOf(inner) }
    if (typeof errno === 'number' && typeof sqlState === 'string') return { sqlstate: sqlState, code: errno, message: textOf(inner) }
    if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return { sqlstate: code, message: textOf(inner) }
    if (typeof code === 'string' && code.startsWith('SQLITE_')) return { message: textOf(inner) }
  }
  return { message: textOf(error) }
}

function textOf(error) {
  return String(error?.message ?? '')
}

module.exports = { drive }
