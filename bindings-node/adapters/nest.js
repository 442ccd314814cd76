'use strict'

const { createParamDecorator, HttpException, Logger, StreamableFile } = require('@nestjs/common')
const { Answer, Handshake, Receiver, Stored } = require('./receiver.js')
const { receiveNodeRequest } = require('./node-request.js')

const FIX = 'create the app with NestFactory.create(AppModule, { rawBody: true })'

/** How a guard answers without calling the handler. */
class WebhookAnswer extends HttpException {
  constructor(answer) {
    super(answer instanceof Handshake ? textOf(answer) : answer.content, answer.status)
  }
}

/** The body as it is: of anything else Nest makes JSON. */
function textOf({ body, headers }) {
  const bytes = Buffer.from(body)
  return new StreamableFile(bytes, { type: headers['content-type'], length: bytes.length })
}

class WebhookGuard {
  #receiver

  constructor(webhook, options) {
    this.#receiver = new Receiver(webhook, options, new Logger('hookseal'))
  }

  async canActivate(context) {
    const http = context.switchToHttp()
    const request = http.getRequest()
    const received = await receiveNodeRequest(this.#receiver, request, FIX)
    const isStored = received instanceof Stored
    if (received instanceof Answer && !isStored) {
      const { 'content-type': _, ...others } = received.headers
      for (const [name, value] of Object.entries(others)) http.getResponse().header(name, value)
      throw new WebhookAnswer(received)
    }
    request.webhookEvent = isStored ? received.event : received
    return true
  }
}

const WebhookEvent = createParamDecorator((_, context) => context.switchToHttp().getRequest().webhookEvent)

module.exports = { WebhookAnswer, WebhookEvent, WebhookGuard }
