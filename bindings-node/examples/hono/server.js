// Receives the webhooks of ClaimPort: CLAIMPORT_SECRET=… npm start
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { Webhook } from 'hookseal'
import { webhookHandler } from 'hookseal/fetch'

// While a secret is replaced, both may sign.
const claimport = new Webhook('claimport', process.env.CLAIMPORT_SECRET.split(','))
const app = new Hono()

const receive = webhookHandler(claimport, (event) => {
  console.log(`${event.type} ${event.id}`)
})

app.post('/webhooks/claimport', (c) => receive(c.req.raw))

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000), hostname: 'localhost' }, ({ port }) => {
  console.log(`listening on http://localhost:${port}`)
})
