// Receives the webhooks of KASKO as a Cloud Function: KASKO_SECRET=… npm start
import { http } from '@google-cloud/functions-framework'
import { Webhook } from 'hookseal'
import { webhookHandler } from 'hookseal/express'

const kasko = new Webhook('kasko', process.env.KASKO_SECRET)

http('kasko', webhookHandler(kasko, async (event, req, res) => {
  if (event.type === 'policy.created') console.log(`policy ${event.data.policy_id} of ${event.data.last_name}`)
  res.sendStatus(204)
}))
