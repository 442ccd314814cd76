import { Hono } from 'hono'
import { Webhook } from 'hookseal'
import { webhookHandler } from 'hookseal/fetch'

const mycover = new Webhook('mycover', ['new', 'old'])

class NextRequest extends Request {
  readonly nextUrl = new URL(this.url)
}

// As Next.js calls a route handler.
export const POST: (request: NextRequest, context: { params: Promise<{ tenant: string }> }) => Promise<Response> =
  webhookHandler(mycover, async (event, request: NextRequest, { params }: { params: Promise<{ tenant: string }> }) => {
    const { tenant } = await params
    return Response.json([event.type, request.nextUrl.href, tenant])
  })

const receive = webhookHandler(mycover, (event) => {
  if (event.type === 'purchase.successful') event.data
  // @ts-expect-error: no such type is documented
  if (event.type === 'policy.created') event.data.policy_id
})
new Hono().post('/', (c) => receive(c.req.raw))

// @ts-expect-error: a handler answers with a response
webhookHandler(mycover, () => 200)
