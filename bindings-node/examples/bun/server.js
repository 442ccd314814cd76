// Receives the webhooks of KASKO: KASKO_SECRET=… bun start
import { Webhook } from 'hookseal'
import { webhookHandler } from 'hookseal/fetch'

const kasko = new Webhook('kasko', process.env.KASKO_SECRET)

const receive = webhookHandler(kasko, (event) => {
  console.log(`${event.type} ${event.id}`)
})

const server = Bun.serve({
  hostname: 'localhost',
  port: process.env.PORT ?? 3000,
  routes: { '/webhooks/kasko': receive }
})
console.log(`listening on ${server.url}`)
