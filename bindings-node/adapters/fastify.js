'use strict'

const { Answer, Receiver } = require('./receiver.js')

const TOO_LARGE = 'FST_ERR_CTP_BODY_TOO_LARGE'

function webhookRoute(url, webhook, handler, options) {
  return async function hookseal(scope) {
    const receiver = Receiver.of(webhook, handler, options, scope.log)
    // Only this plugin's own scope sees bodies as bytes.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    scope.route({
      method: receiver.hasHandshake ? ['GET', 'POST'] : 'POST',
      url,
      bodyLimit: receiver.maxBody,
      errorHandler(error, _request, reply) {
        if (error.code !== TOO_LARGE) throw error
        return answer(reply, receiver.tooLarge())
      },
      // Of a Promise of nothing, Fastify itself makes an empty answer if none was sent.
      async handler(request, reply) {
        const { body, headers } = request
        const signed = receiver.needsRequest ? { method: request.method, url: request.originalUrl } : undefined
        const received = await receiver.receive(body ?? Buffer.alloc(0), headers['content-encoding'], headers, signed)
        return received instanceof Answer ? answer(reply, received) : handler(received, request, reply)
      }
    })
  }
}

function answer(reply, { status, headers, body }) {
  return reply.code(status).headers(headers).send(body)
}

module.exports = { webhookRoute }
