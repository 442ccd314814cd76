'use strict'

const { Answer, Receiver } = require('./receiver.js')
const { receiveNodeRequest } = require('./node-request.js')

const FIX =
  'mount the webhook before express.json(), or keep the bytes with express.json({ verify: keepRawBody }) ' +
  'of hookseal/express'

function webhookHandler(webhook, handler, options) {
  const receiver = new Receiver(webhook, options)
  return async function hookseal(req, res, next) {
    try {
      const received = await receiveNodeRequest(receiver, req, FIX)
      if (received instanceof Answer) res.writeHead(received.status, received.headers).end(received.body)
      else await handler(received, req, res, next)
    } catch (error) {
      next(error)
    }
  }
}

function webhookMiddleware(webhook, options) {
  const attach = (event, req, _res, next) => {
    req.webhookEvent = event
    next()
  }
  return webhookHandler(webhook, attach, options)
}

function keepRawBody(req, _res, body) {
  req.rawBody = body
}

module.exports = { keepRawBody, webhookHandler, webhookMiddleware }
