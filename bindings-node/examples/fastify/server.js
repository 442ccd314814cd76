// Receives the webhooks of CoverKit: COVERKIT_SECRET=… npm start
import fastify from 'fastify'
import { Webhook } from 'hookseal'
import { webhookRoute } from 'hookseal/fastify'

const coverkit = new Webhook('coverkit', process.env.COVERKIT_SECRET)
const app = fastify({ logger: { level: 'warn' } })

// CoverKit sends an event again until it is answered, and may do so after it was. A database remembers for longer.
const seen = new Set()

app.register(webhookRoute('/webhooks/coverkit', coverkit, async (event, request, reply) => {
  reply.code(204)
  if (seen.has(event.dedupeKey)) return
  seen.add(event.dedupeKey)
  console.log(`${event.type} ${event.id}`)
}))

console.log(`listening on ${await app.listen({ port: Number(process.env.PORT ?? 3000) })}`)
