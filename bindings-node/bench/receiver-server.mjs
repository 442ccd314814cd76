// A whole receiver: `node receiver-server.mjs FRAMEWORK adapter|snippet`. It is copied to where the frameworks are installed,
// and prints its port.
import { createHmac, timingSafeEqual } from 'node:crypto'
import express from 'express'
import Fastify from 'fastify'
import { Webhook } from 'hookseal'
import { webhookHandler } from 'hookseal/express'
import { webhookRoute } from 'hookseal/fastify'

const secret = process.env.CLAIMPORT_SECRET
const [framework, way] = process.argv.slice(2)

/** What is done with an event: it is looked into. */
function handle(data) {
  if (typeof data !== 'object') throw new Error('no data')
}

/** The usual code of a receiver. */
function verified(body, given) {
  const expected = Buffer.from(`sha256=${createHmac('sha256', secret).update(body).digest('hex')}`)
  const signature = Buffer.from(given ?? '')
  return signature.length === expected.length && timingSafeEqual(signature, expected)
}

const servers = {
  express: {
    adapter(app, webhook) {
      app.post('/webhooks', webhookHandler(webhook, (event, _req, res) => {
        handle(event.data)
        res.status(204).end()
      }))
    },
    snippet(app) {
      app.post('/webhooks', express.raw({ type: () => true }), (req, res) => {
        if (!verified(req.body, req.headers['x-claimport-signature'])) return res.status(401).end()
        handle(JSON.parse(req.body).data)
        res.status(204).end()
      })
    },
    listen: (setUp) => {
      const app = express()
      setUp(app)
      const server = app.listen(0, '127.0.0.1', () => console.log(server.address().port))
    }
  },
  fastify: {
    adapter(app, webhook) {
      app.register(webhookRoute('/webhooks', webhook, (event, _request, reply) => {
        handle(event.data)
        reply.code(204)
      }))
    },
    snippet(app) {
      app.removeAllContentTypeParsers()
      app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
      app.post('/webhooks', async (request, reply) => {
        if (!verified(request.body, request.headers['x-claimport-signature'])) return reply.code(401).send()
        handle(JSON.parse(request.body).data)
        return reply.code(204).send()
      })
    },
    async listen(setUp) {
      const app = Fastify()
      setUp(app)
      await app.listen({ port: 0, host: '127.0.0.1' })
      console.log(app.server.address().port)
    }
  }
}

const { listen, [way]: setUp } = servers[framework]
listen((app) => setUp(app, new Webhook('claimport', secret)))
