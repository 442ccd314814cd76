// Receives the webhooks of CoverKit: COVERKIT_SECRET=… npm start
import Koa from 'koa'
import { Webhook } from 'hookseal'
import { webhookHandler } from 'hookseal/express'

const coverkit = new Webhook('coverkit', process.env.COVERKIT_SECRET)
const app = new Koa()

const receive = webhookHandler(coverkit, (event, req, res) => {
  console.log(`${event.type} ${event.id}`)
  res.writeHead(204).end()
})

app.use(async (ctx, next) => {
  if (ctx.path !== '/webhooks/coverkit') return next()
  ctx.respond = false // it is answered by then
  await receive(ctx.req, ctx.res)
})

const server = app.listen(process.env.PORT ?? 3000, 'localhost', () => {
  console.log(`listening on http://localhost:${server.address().port}`)
})
