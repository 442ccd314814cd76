import fastify from 'fastify'
import { Webhook } from 'hookseal'
import { webhookRoute } from 'hookseal/fastify'

const app = fastify({ logger: true })
const coverkit = new Webhook('coverkit', 'secret')

app.register(webhookRoute('/webhooks', coverkit, async (event, request, reply) => {
  const { type, id } = event
  request.log.info(type)
  reply.code(204)
  // @ts-expect-error: an event has no such field
  event.payload
  return id
}), { prefix: '/v1' })

app.register(webhookRoute('/logged', coverkit, () => {}, { logger: app.log, maxBody: 1 }))
