// Receives the webhooks of KASKO: KASKO_SECRET=… deno task start
import { Webhook } from 'hookseal'
import { webhookHandler } from 'hookseal/fetch'

const kasko = new Webhook('kasko', Deno.env.get('KASKO_SECRET'))

const receive = webhookHandler(kasko, (event) => {
  console.log(`${event.type} ${event.id}`)
})

Deno.serve({ hostname: 'localhost', port: Number(Deno.env.get('PORT') ?? 3000) }, (request) => {
  const { pathname } = new URL(request.url)
  return pathname === '/webhooks/kasko' ? receive(request) : new Response(null, { status: 404 })
})
