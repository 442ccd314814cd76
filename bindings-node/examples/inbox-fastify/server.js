// Stores the webhooks of CoverKit: COVERKIT_SECRET=… npm start
import fastify from 'fastify'
import { webhookRoute } from 'hookseal/fastify'
import { inbox } from './inbox.js'

await inbox.migrate() // makes the tables, unless they are there

const app = fastify({ logger: { level: 'warn' } })
app.register(webhookRoute('/webhooks/coverkit', inbox))

console.log(`listening on ${await app.listen({ port: Number(process.env.PORT ?? 3000) })}`)
