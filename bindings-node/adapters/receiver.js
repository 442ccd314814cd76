'use strict'

// What the adapters share: the cap on the body, which events reach the handler, the answers.

const { lengthOf } = require('../lib/host.js')
const { describe, optionsOf } = require('../lib/input.js')

const ACKNOWLEDGE = ['checks', 'tests', 'none']

/** By this an inbox gives its webhook, from wherever it was loaded. */
const FOR_INBOX = Symbol.for('hookseal.inbox')

/** By this a webhook decodes a body. */
const DECODE = Symbol.for('hookseal.decode')

/** What to answer a delivery with that does not reach the handler. */
class Answer {
  constructor(status, content, headers) {
    this.status = status
    this.content = content
    this.headers = { 'content-type': 'application/json', ...headers }
  }

  get body() {
    return JSON.stringify(this.content)
  }
}

/** What to answer a delivery with that an inbox has stored: nothing, which has no type. */
class Stored extends Answer {
  constructor(event) {
    super(204)
    this.event = event
    this.headers = {}
  }

  get body() {
    return ''
  }
}

/** What to answer a sender with that asks whether the endpoint is the receiver's. */
class Handshake extends Answer {
  #text

  constructor({ contentType, body }) {
    super(200, undefined, { 'content-type': contentType, 'x-content-type-options': 'nosniff' })
    this.#text = body
  }

  get body() {
    return this.#text
  }
}

/** What there is of a body whose sender went away. */
class Incomplete {
  constructor(cause) {
    this.cause = cause
  }
}

/** Makes of a delivery's body and headers the event for the handler, or the answer to give. */
class Receiver {
  #webhook
  #acknowledge
  #logger
  #inbox
  #source

  /** Of an adapter's arguments: an inbox stands in the place of a webhook and its handler. */
  static of(webhook, handler, options, logger) {
    if (!isInbox(webhook)) return new Receiver(webhook, options, logger)
    if (typeof handler === 'function') {
      throw new TypeError('an inbox takes no handler: it stores deliveries, and a Worker of hookseal/inbox handles them')
    }
    return new Receiver(webhook, handler, logger)
  }

  /** `logger` is where the framework logs to, if the options name none. */
  constructor(webhook, options, logger = console) {
    const own = optionsOf(options, isInbox(webhook) ? ['maxBody', 'source', 'logger'] : ['maxBody', 'acknowledge', 'logger'])
    if (isInbox(webhook)) {
      this.#inbox = webhook
      this.#source = own.source
      webhook = this.#inbox[FOR_INBOX](own.source)
    }
    if (typeof webhook?.verify !== 'function') {
      throw new TypeError(`webhook must be a Webhook of hookseal, not ${describe(webhook)}`)
    }
    const { maxBody = webhook.maxBody, acknowledge = 'checks' } = own
    if (!(Number.isInteger(maxBody) && maxBody > 0)) throw new RangeError('maxBody must be a positive number of bytes')
    if (!ACKNOWLEDGE.includes(acknowledge)) {
      throw new RangeError(`acknowledge must be one of ${ACKNOWLEDGE.join(', ')}`)
    }
    this.#webhook = webhook
    this.#acknowledge = acknowledge
    this.#logger = own.logger ?? logger
    this.maxBody = maxBody
    const { signsRequest, hasHandshake } = webhook.scheme ?? {}
    /** Whether the sender may ask whether the endpoint is the receiver's, also with GET. */
    this.hasHandshake = hasHandshake === true
    /** Whether `receive` needs the request's method and address, which few senders sign. */
    this.needsRequest = this.hasHandshake || signsRequest === true
  }

  /** The answer to a request that is neither a delivery nor a handshake, and undefined for one that may be. */
  wrongMethod(method) {
    return method === 'POST' || (method === 'GET' && this.hasHandshake) ? undefined : methodNotAllowed()
  }

  /**
   * The verified event if it is for the handler. The body is bytes, of which `contentEncoding` says what was done to
   * them, or text that stands for its UTF-8. `request` has the method and the `url` as the framework gives it, never
   * from headers that a proxy sets and anybody can send; it is undefined unless `needsRequest`. With an inbox it is a
   * Promise of an answer.
   */
  receive(body, contentEncoding, headers, request) {
    const length = typeof body === 'string' ? lengthOf(body) : body.byteLength
    if (length > this.maxBody) return this.tooLarge()
    if (!contentEncoding || typeof body === 'string') return this.#take(body, headers, request)
    const { body: decoded, code, httpStatus, message } = this.#webhook[DECODE]?.(body, contentEncoding, this.maxBody) ?? {}
    return code ? this.#refuse(httpStatus, code, message) : this.#take(decoded ?? body, headers, request)
  }

  /**
   * The same for a body that `read(limit)` is still to read: it gives the bytes, `undefined` if there are more, and an
   * `Incomplete` if they end too early. Nothing is read if the request announces more.
   */
  async receiveUnread(read, contentLength, contentEncoding, headers, request) {
    if (Number(contentLength) > this.maxBody) return this.tooLarge()
    const body = await read(this.maxBody)
    if (body === undefined) return this.tooLarge()
    return body instanceof Incomplete ? this.#incomplete(body) : this.receive(body, contentEncoding, headers, request)
  }

  /** For a body of which only what a parser made is left, which some providers sign. `fix` says how to keep its bytes. */
  async receiveParsed(body, headers, request, fix) {
    try {
      return await this.#take(body, headers, request)
    } catch (error) {
      if (error instanceof TypeError) return this.alreadyRead(fix)
      throw error
    }
  }

  alreadyRead(fix) {
    this.#logger.error(`hookseal: the body was read before the webhook could verify it: ${fix}`)
    return new Answer(500, { error: 'body_already_read' })
  }

  tooLarge() {
    return this.#refuse(413, 'body_too_large', `the body has more than ${this.maxBody} bytes`)
  }

  /** For a sender that went away: that concerns the log, and no error handler. */
  #incomplete({ cause }) {
    return this.#refuse(400, 'incomplete_body', `the connection was closed before the end of the body: ${cause.message}`)
  }

  /** A handshake is answered before anything is verified or stored. */
  #take(body, headers, request) {
    const answer = this.hasHandshake ? this.#answerHandshake(body, headers, request) : undefined
    return answer ?? (this.#inbox ? this.#store(body, headers, request) : this.#verify(body, headers, request))
  }

  /** Undefined for what may be a delivery. */
  #answerHandshake(body, headers, request) {
    let answer
    try {
      answer = this.#webhook.handshake(body, headers, request)
    } catch (error) {
      return this.#refuseFor(error)
    }
    if (answer !== null) return new Handshake(answer)
    return request.method === 'POST' ? undefined : methodNotAllowed()
  }

  #verify(body, headers, request) {
    let event
    try {
      event = this.#webhook.verify(body, headers, request)
    } catch (error) {
      return this.#refuseFor(error)
    }
    return event.test && this.#acknowledges(event) ? new Answer(200, { acknowledged: true }) : event
  }

  /** A success is answered only once the delivery is durable. */
  async #store(body, headers, request) {
    try {
      return new Stored((await this.#inbox.receive(body, headers, { source: this.#source, ...request })).event)
    } catch (error) {
      return this.#refuseFor(error)
    }
  }

  #acknowledges(test) {
    return this.#acknowledge === 'checks' ? test.check : this.#acknowledge === 'tests'
  }

  #refuseFor(error) {
    if (!isHooksealError(error)) throw error
    const retry = typeof error.retryAfter === 'number' ? { 'retry-after': String(error.retryAfter) } : undefined
    return this.#refuse(error.httpStatus, error.code, error.message, retry)
  }

  /** The answer names the code alone: the message is for the log. */
  #refuse(status, code, message, headers) {
    this.#logger.warn(`hookseal: delivery refused: ${code}: ${message}`)
    return new Answer(status, { error: code }, headers)
  }
}

function isInbox(given) {
  return typeof given?.receive === 'function' && typeof given[FOR_INBOX] === 'function'
}

/** By its fields, as the class may have been loaded twice: by test runners, or by loaders of ES modules. */
function isHooksealError(error) {
  return typeof error?.code === 'string' && typeof error.httpStatus === 'number'
}

function methodNotAllowed() {
  return new Answer(405, { error: 'method_not_allowed' }, { allow: 'POST' })
}

module.exports = { Answer, Handshake, Incomplete, Receiver, Stored }
