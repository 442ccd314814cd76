'use strict'

const { Answer, Receiver } = require('./receiver.js')

const TOO_LARGE = 'FST_ERR_CTP_BODY_TOO_LARGE'

function webhookRoute(url, webhook, handler, options) {
  return async function hookseal(scope) {
    const receiver = new Receiver(webhook, options, scope.log)
    // Only this plugin's own scope sees bodies as bytes.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    scope.route({
      method: 'POST',
      url,
      bodyLimit: receiver.maxBody,
      errorHandler(error, _request, reply) {
        if (error.code !== TOO_LARGE) throw error
        return answer(reply, receiver.tooLarge())
      },
      async handler(request, reply) {
        const received = receiver.receive(request.body ?? Buffer.alloc(0), request.headers['content-encoding'], request.headers)
        if (received instanceof Answer) return answer(reply, received)
        const result = await handler(received, request, reply)
        return result === undefined && !reply.sent ? reply.send() : result
      }
    })
  }
}

function answer(reply, { status, headers, body }) {
  return reply.code(status).headers(headers).send(body)
}

module.exports = { webhookRoute }
