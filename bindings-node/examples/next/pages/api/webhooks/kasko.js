// Receives the webhooks of KASKO, by the pages router.
import { Webhook } from 'hookseal'
import { webhookHandler } from 'hookseal/express'

// The webhook reads the body itself.
export const config = { api: { bodyParser: false } }

let receive

// The secret is there when the app runs, and not when it is built.
export default function handler(req, res) {
  receive ??= webhookHandler(new Webhook('kasko', process.env.KASKO_SECRET), (event, req, res) => {
    if (event.type === 'policy.created') console.log(`policy ${event.data.policy_id} of ${event.data.last_name}`)
    res.status(204).end()
  })
  return receive(req, res)
}
