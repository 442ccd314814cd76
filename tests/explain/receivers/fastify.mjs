// Handlers for Fastify, with the parsers that it comes with.
import { inHand, load, ready } from './answer.mjs'

const fastify = load('fastify')()

fastify.post('/stringify', async (request) => inHand(JSON.stringify(request.body), request.headers))
fastify.post('/pretty', async (request) => inHand(JSON.stringify(request.body, null, 4), request.headers))

await fastify.listen({ port: 0, host: '127.0.0.1' })
ready(fastify.server)
