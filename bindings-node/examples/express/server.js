// Receives the webhooks of KASKO: KASKO_SECRET=… npm start
import express from 'express'
import { Webhook } from 'hookseal'
import { webhookHandler } from 'hookseal/express'

const kasko = new Webhook('kasko', process.env.KASKO_SECRET)
const app = express()

app.post('/webhooks/kasko', webhookHandler(kasko, (event, req, res) => {
  if (event.type === 'policy.created') console.log(`policy ${event.data.policy_id} of ${event.data.last_name}`)
  res.sendStatus(204)
}))

// Below the webhook, which takes the body as it came.
app.use(express.json())

const server = app.listen(process.env.PORT ?? 3000, 'localhost', () => {
  console.log(`listening on http://localhost:${server.address().port}`)
})
