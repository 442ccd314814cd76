// Receives the webhooks of ClaimPort as an Azure Function. Set CLAIMPORT_SECRET among its application settings.
import { app } from '@azure/functions'
import { Webhook } from 'hookseal'
import { webhookHandler } from 'hookseal/fetch'

const claimport = new Webhook('claimport', process.env.CLAIMPORT_SECRET)

export const receive = webhookHandler(claimport, async (event, request, context) => {
  context.log(`${event.type} ${event.id}`)
})

app.http('claimport', { methods: ['POST'], authLevel: 'anonymous', route: 'webhooks/claimport', handler: receive })
