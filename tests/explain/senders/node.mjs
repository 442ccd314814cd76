// The deliveries that are sent by Node, signed as the providers' own documentation does it.
import { createHmac } from 'node:crypto'
import { inputs, now } from './inputs.mjs'

const styles = {
  compact: (payload) => JSON.stringify(payload),
  pretty: (payload) => JSON.stringify(payload, null, 2),
  form: (payload) => new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
}

async function send({ provider, payload, secret, style, stamped, svix, event }) {
  const { sign } = await import(new URL(`../../../core/providers/${provider}/sign.mjs`, import.meta.url))
  const body = styles[style](payload)
  const type = style === 'form' ? 'application/x-www-form-urlencoded' : 'application/json'
  const headers = { 'User-Agent': 'Webhooks/1.0', 'Content-Type': type }
  if (svix) Object.assign(headers, { 'svix-id': 'msg_2KWPBgLlAfxdpx2AI54pPJ85f4W', 'svix-timestamp': String(now) })
  if (provider === 'github') {
    headers['X-GitHub-Event'] = event
    headers['X-GitHub-Delivery'] = '72d3162e-cc78-11e3-81ab-4c9367dc0959'
    headers['X-Hub-Signature'] = 'sha1=' + createHmac('sha1', secret).update(body).digest('hex')
  }
  const timed = stamped || svix || provider === 'stripe'
  Object.assign(headers, sign({ body, secret, header: (name) => headers[name], now: timed ? now : undefined }))
  return { headers: Object.entries(headers), body: Buffer.from(body).toString('base64'), now: timed ? now : null }
}

const sent = {}
for (const [name, input] of inputs('node')) sent[name] = await send(input)
console.log(JSON.stringify(sent))
