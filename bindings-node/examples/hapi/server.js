// Receives the webhooks of ClaimPort: CLAIMPORT_SECRET=… npm start
import Hapi from '@hapi/hapi'
import { Webhook } from 'hookseal'
import { webhookHandler } from 'hookseal/express'

const claimport = new Webhook('claimport', process.env.CLAIMPORT_SECRET)
const server = Hapi.server({ port: process.env.PORT ?? 3000, host: 'localhost' })

const receive = webhookHandler(claimport, (event, req, res) => {
  console.log(`${event.type} ${event.id}`)
  res.writeHead(204).end()
})

server.route({
  method: 'POST',
  path: '/webhooks/claimport',
  options: { payload: { parse: false, output: 'stream', maxBytes: claimport.maxBody } },
  async handler(request, h) {
    await receive(request.raw.req, request.raw.res)
    return h.abandon // it is answered by then
  }
})

await server.start()
console.log(`listening on http://localhost:${server.info.port}`)
