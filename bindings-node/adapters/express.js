'use strict'

const { Answer, Receiver } = require('./receiver.js')
const { receiveNodeRequest } = require('./node-request.js')

const FIX =
  'mount the webhook before express.json(), or keep the bytes with express.json({ verify: keepRawBody }) ' +
  'of hookseal/express'
/** Where there is no `next`. */
const FIX_ALONE =
  'nothing may parse the body before the webhook: in pages/api of Next.js and in functions of Vercel, ' +
  '`export const config = { api: { bodyParser: false } }`; in Koa, mount the webhook before the body parser'

function webhookHandler(webhook, handler, options) {
  const receiver = Receiver.of(webhook, handler, options)
  // Some call it without `next`: they see what this function throws.
  return async function hookseal(req, res, next) {
    const isAlone = typeof next !== 'function'
    try {
      const received = await receiveNodeRequest(receiver, req, isAlone ? FIX_ALONE : FIX)
      if (received instanceof Answer) res.writeHead(received.status, received.headers).end(received.body)
      else await handler(received, req, res, isAlone ? rethrow : next)
    } catch (error) {
      if (isAlone) throw error
      next(error)
    }
  }
}

function rethrow(error) {
  throw error ?? new TypeError('there is no next handler: what called hookseal/express gave it no `next`')
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
