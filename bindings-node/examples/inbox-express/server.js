// Stores the webhooks of KASKO: DATABASE_URL=… KASKO_SECRET=… npm start
import express from 'express'
import { webhookHandler } from 'hookseal/express'
import { inbox } from './inbox.js'

await inbox.migrate() // makes the tables, unless they are there

const app = express()
app.post('/webhooks/kasko', webhookHandler(inbox))

const server = app.listen(process.env.PORT ?? 3000, 'localhost', () => {
  console.log(`listening on http://localhost:${server.address().port}`)
})
