// Handlers on the web's own Request, as Next.js and others have it.
import { inHand, load, ready } from './answer.mjs'

const { Hono } = load('hono')
const { serve } = load('@hono/node-server')
const app = new Hono()

app.post('/stringify', async (c) => c.json(inHand(JSON.stringify(await c.req.raw.json()), [...c.req.raw.headers])))
app.post('/text', async (c) => c.json(inHand(await c.req.raw.text(), [...c.req.raw.headers])))
app.post('/form-payload', async (c) => c.json(inHand((await c.req.raw.formData()).get('payload'), [...c.req.raw.headers])))

const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => ready(server))
