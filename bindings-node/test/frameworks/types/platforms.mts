import type { IncomingMessage, ServerResponse } from 'node:http'
import { app, type HttpHandler, type HttpRequest, type InvocationContext } from '@azure/functions'
import { type HttpFunction, http } from '@google-cloud/functions-framework'
import { Webhook } from 'hookseal'
import { webhookHandler } from 'hookseal/express'
import { webhookHandler as fetchHandler } from 'hookseal/fetch'
import Koa from 'koa'

const kasko = new Webhook('kasko', 'secret')

export const inCloudFunctions: HttpFunction = webhookHandler(kasko, (event, req, res) => {
  res.status(204).send(event.id + req.path)
})
http('kasko', webhookHandler(kasko, (_event, _req, res) => void res.sendStatus(204)))

// As pages/api of Next.js and functions of Vercel call it.
interface ApiRequest extends IncomingMessage {
  query: Partial<Record<string, string | string[]>>
  body: unknown
}
type ApiResponse = ServerResponse & { status(code: number): ApiResponse }
export const inPages: (req: ApiRequest, res: ApiResponse) => unknown = webhookHandler(
  kasko,
  (event, req: ApiRequest, res: ApiResponse) => {
    if (event.type === 'policy.created' && req.query.tenant) res.status(204).end()
  }
)

const receive = webhookHandler(kasko, (event, req: IncomingMessage, res: ServerResponse) => {
  res.writeHead(event.test ? 200 : 204, { 'x-url': req.url ?? '' }).end()
})
new Koa().use(async (ctx, next) => {
  if (ctx.path !== '/webhooks') return next()
  ctx.respond = false
  await receive(ctx.req, ctx.res)
})

export const inAzure: HttpHandler = fetchHandler(kasko, (event, request: HttpRequest, context: InvocationContext) => {
  context.log(event.type, request.params)
})
app.http('kasko', { methods: ['POST'], handler: fetchHandler(kasko, () => new Response(null, { status: 204 })) })
