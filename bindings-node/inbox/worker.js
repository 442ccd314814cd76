'use strict'

const { describe, optionsOf } = require('../lib/input.js')
const { Inbox, classOf, workOf } = require('./inbox.js')

const SIGNALS = ['SIGTERM', 'SIGINT']

/** Claims deliveries and hands each to a handler, in a transaction, until it is told to stop. */
class Worker {
  #inbox
  #handler
  #concurrency
  #idle
  #logger
  #signals
  #transaction
  #running = new Set()
  #isStopping = false
  #wake = () => {}
  #done

  constructor(inbox, handler, options) {
    if (!(inbox instanceof Inbox)) throw new TypeError(`inbox must be an Inbox of hookseal/inbox, not ${describe(inbox)}`)
    if (typeof handler !== 'function') throw new TypeError(`handler must be a function, not ${describe(handler)}`)
    const own = optionsOf(options, ['concurrency', 'idle', 'logger', 'signals', 'transaction'])
    const { concurrency = 1, idle = 1, logger = console, signals = SIGNALS, transaction } = own
    if (!(Number.isInteger(concurrency) && concurrency > 0)) throw new RangeError('concurrency must be a positive number')
    if (!(typeof idle === 'number' && idle >= 0)) throw new RangeError('idle must be 0 or more seconds')
    if (concurrency > 1 && !workOf.isPooled(inbox) && transaction === undefined) {
      throw new RangeError('the inbox has one connection, which has one transaction at a time: give it a pool, or leave concurrency 1')
    }
    this.#inbox = inbox
    this.#handler = handler
    this.#concurrency = concurrency
    this.#idle = idle
    this.#logger = logger
    this.#signals = signals
    this.#transaction = transaction
  }

  run() {
    this.#done ??= this.#run()
    return this.#done
  }

  async stop() {
    this.#halt()
    await this.#done
  }

  #halt() {
    this.#isStopping = true
    this.#wake()
  }

  async #run() {
    const stop = () => this.#halt()
    for (const signal of this.#signals) process.once(signal, stop)
    try {
      while (!this.#isStopping) {
        const free = this.#concurrency - this.#running.size
        const claimed = free > 0 ? await this.#claim(free) : []
        for (const one of claimed) this.#start(one)
        if (this.#isStopping) break
        if (this.#running.size === this.#concurrency) await Promise.race(this.#running)
        else if (claimed.length === 0) await this.#sleep()
      }
    } finally {
      await Promise.all(this.#running)
      for (const signal of this.#signals) process.off(signal, stop)
    }
  }

  #start(claimed) {
    const running = this.#handle(claimed).finally(() => this.#running.delete(running))
    this.#running.add(running)
  }

  async #claim(limit) {
    try {
      return await this.#inbox.claim(limit)
    } catch (error) {
      // Only what may succeed later is waited for.
      if (!error.retryAfter) throw error
      this.#logger.error(`hookseal: no delivery could be claimed: ${error.code ?? classOf(error)}: ${error.message}`)
      return []
    }
  }

  /** Until something may be due, or the worker is to stop. */
  #sleep() {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.#idle * 1000)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  async #handle(claimed) {
    const name = `delivery ${claimed.seq} of ${claimed.source}`
    const lost = new AbortController()
    const extending = this.#extend(claimed, lost)
    let failure
    try {
      await this.#attempt(claimed, lost.signal)
    } catch (error) {
      failure = error
    }
    clearInterval(extending)
    if (failure === undefined) return this.#logger.info(`hookseal: ${name}: done`)
    await this.#release(claimed, name, failure)
  }

  async #attempt(claimed, signal) {
    if (this.#transaction === undefined) {
      return workOf.inTransaction(this.#inbox, claimed, (connection) => this.#handler(claimed, connection, { signal }))
    }
    await this.#transaction(async (given, connection = given) => {
      await this.#inbox.savepoint(connection, claimed)
      await this.#handler(claimed, given, { signal })
      await this.#inbox.complete(connection, claimed)
    })
  }

  async #release(claimed, name, failure) {
    if (failure?.code === 'lease_lost') {
      return this.#logger.warn(`hookseal: ${name}: its lease was lost, so that what was done for it is rolled back`)
    }
    try {
      const wait = await this.#inbox.release(claimed, classOf(failure))
      if (wait === null) this.#logger.error(`hookseal: ${name}: dead after attempt ${claimed.attempt}: ${classOf(failure)}`)
      else this.#logger.warn(`hookseal: ${name}: attempt ${claimed.attempt} failed, again in ${Math.round(wait)} s: ${classOf(failure)}`)
    } catch (error) {
      this.#logger.error(`hookseal: ${name}: attempt ${claimed.attempt} failed: ${classOf(failure)}; again when its lease ends: ${error.code ?? classOf(error)}`)
    }
  }

  /** Keeps the lease while the handler works, where there is a connection for it. */
  #extend(claimed, lost) {
    if (!workOf.isPooled(this.#inbox)) return undefined
    const extend = () =>
      this.#inbox.extend(claimed).catch((error) => {
        if (error?.code === 'lease_lost') lost.abort(error)
      })
    return setInterval(extend, (this.#inbox.lease * 1000) / 3)
  }
}

module.exports = { Worker }
