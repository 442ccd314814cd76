'use strict'

const { createParamDecorator, HttpException, Logger } = require('@nestjs/common')
const { Answer, Receiver, Stored } = require('./receiver.js')
const { receiveNodeRequest } = require('./node-request.js')

const FIX = 'create the app with NestFactory.create(AppModule, { rawBody: true })'

/** How a guard answers without calling the handler. */
class WebhookAnswer extends HttpException {
  constructor({ content, status }) {
    super(content, status)
  }
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
      const { 'retry-after': retry } = received.headers
      if (retry) http.getResponse().header('retry-after', retry)
      throw new WebhookAnswer(received)
    }
    request.webhookEvent = isStored ? received.event : received
    return true
  }
}

const WebhookEvent = createParamDecorator((_, context) => context.switchToHttp().getRequest().webhookEvent)

module.exports = { WebhookAnswer, WebhookEvent, WebhookGuard }
