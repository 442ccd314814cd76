// What is measured against what. Each row does the same work twice: `ours` with hookseal, `theirs` without.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { Webhook } from '../index.mjs'

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

/** The headers of a request as Node gives them. */
function request(headers, body) {
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])
  return {
    host: 'hooks.example.com',
    'user-agent': 'Sender/1.0',
    accept: '*/*',
    'content-type': 'application/json',
    'content-length': String(body.length),
    'x-forwarded-for': '203.0.113.7',
    'x-forwarded-proto': 'https',
    connection: 'close',
    ...Object.fromEntries(lower)
  }
}

/** The usual code of a receiver. */
function snippet(algorithm, content, given) {
  const expected = Buffer.from(createHmac(algorithm, SECRET).update(content).digest('hex'))
  const signature = Buffer.from(given)
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) throw new Error('forged')
}

function delivery(provider, body) {
  const webhook = new Webhook(provider, SECRET)
  return { webhook, headers: request(webhook.sign(body, { type: 'a' }), body) }
}

/** The rows for a body: how many times as fast is wanted, at which payload, stands beside them. */
export function rows(body, { StandardWebhook, Stripe, SvixWebhook, verifyOctokit }) {
  const { webhook, headers } = delivery('claimport', body)
  const signature = () => headers['x-claimport-signature'].slice('sha256='.length)
  const standard = delivery('standard-webhooks', body)
  const standardPeer = new StandardWebhook(SECRET)
  const svixPeer = new SvixWebhook(SECRET)
  const stripe = delivery('stripe', body)
  const stripePeer = new Stripe('sk_test_none').webhooks
  const github = delivery('github', body)
  const text = body.toString()
  // Spaced as some serialisers do: not what is signed.
  const { type: event, ...rest } = JSON.parse(text)
  const spaced = Buffer.from(JSON.stringify({ event, ...rest }, null, 1))
  const mycover = new Webhook('mycover', SECRET)
  const mycoverHeaders = request(mycover.sign(spaced), spaced)

  return [
    {
      name: 'verify, event.data',
      against: 'createHmac, timingSafeEqual, JSON.parse',
      wanted: { p1k: 1.5, b16k: 1 },
      ours: () => webhook.verify(body, headers).data,
      theirs: () => {
        snippet('sha256', body, signature())
        return JSON.parse(body).data
      }
    },
    {
      name: 'verify, event.type',
      against: 'createHmac, timingSafeEqual',
      wanted: { p1k: 2.5 },
      ours: () => webhook.verify(body, headers).type,
      theirs: () => snippet('sha256', body, signature())
    },
    {
      name: 'verify, event.data',
      against: 'standardwebhooks',
      wanted: { p1k: 4 },
      ours: () => standard.webhook.verify(body, standard.headers).data,
      theirs: () => standardPeer.verify(body, standard.headers).data
    },
    {
      name: 'verify, event.data',
      against: 'svix',
      wanted: {},
      ours: () => standard.webhook.verify(body, standard.headers).data,
      theirs: () => svixPeer.verify(body, standard.headers).data
    },
    {
      name: 'verify, event.data',
      against: 'stripe',
      wanted: {},
      ours: () => stripe.webhook.verify(body, stripe.headers).data,
      theirs: () => stripePeer.constructEvent(body, stripe.headers['stripe-signature'], SECRET).data
    },
    {
      name: 'verify, event.data',
      against: '@octokit/webhooks-methods, JSON.parse',
      wanted: {},
      ours: () => github.webhook.verify(text, github.headers).data,
      theirs: async () => {
        if (!(await verifyOctokit(SECRET, text, github.headers['x-hub-signature-256']))) throw new Error('forged')
        return JSON.parse(text)
      }
    },
    {
      name: 'mycover, a body that is not canonical',
      against: 'JSON.stringify(JSON.parse(body)), createHmac',
      wanted: { p1k: 2 },
      ours: () => mycover.verify(spaced, mycoverHeaders).type,
      theirs: () => snippet('sha512', JSON.stringify(JSON.parse(spaced)), mycoverHeaders['x-mycoverai-signature'])
    }
  ]
}
