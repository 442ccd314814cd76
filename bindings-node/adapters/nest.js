'use strict'

const { createParamDecorator, HttpException, Logger } = require('@nestjs/common')
const { Answer, Receiver } = require('./receiver.js')
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
    const request = context.switchToHttp().getRequest()
    const received = await receiveNodeRequest(this.#receiver, request, FIX)
    if (received instanceof Answer) throw new WebhookAnswer(received)
    request.webhookEvent = received
    return true
  }
}

const WebhookEvent = createParamDecorator((_, context) => context.switchToHttp().getRequest().webhookEvent)

module.exports = { WebhookAnswer, WebhookEvent, WebhookGuard }
