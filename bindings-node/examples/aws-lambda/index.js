// Receives the webhooks of ClaimPort behind API Gateway, a load balancer or a function URL. Set CLAIMPORT_SECRET, and
// install on the architecture that the function runs on, or with npm's --cpu and --os.
import { Webhook } from 'hookseal'
import { webhookHandler } from 'hookseal/aws-lambda'

const claimport = new Webhook('claimport', process.env.CLAIMPORT_SECRET)

export const handler = webhookHandler(claimport, async (event) => {
  console.log(`${event.type} ${event.id}`)
})
