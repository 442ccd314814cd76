import express from 'express'
import { Webhook } from 'hookseal'
import { keepRawBody, webhookHandler, webhookMiddleware } from 'hookseal/express'

const kasko = new Webhook('kasko', 'secret')
const app = express()

app.use(express.json({ verify: keepRawBody }))

app.post('/handler', webhookHandler(kasko, async (event, req, res, next) => {
  if (event.type === 'policy.created') {
    const id: string | null | undefined = event.data.policy_id
    res.status(202).send(id + req.path)
    // @ts-expect-error: a policy has no such field
    event.data.premium
  } else {
    next()
  }
}))

app.post('/middleware', webhookMiddleware(kasko, { maxBody: 1000, acknowledge: 'tests', logger: console }), (req, res) => {
  const event = req.webhookEvent
  // @ts-expect-error: there may be none
  event.type
  res.send(event?.dedupeKey)
})

// @ts-expect-error: no such option
webhookMiddleware(kasko, { acknowledge: true })
// @ts-expect-error: a webhook, not a secret
webhookHandler('secret', () => {})
