// What is measured against what. Each row does the same work twice: `ours` with hookseal, `theirs` without.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { Webhook } from '../index.mjs'
import { handedOver } from './handed-over.mjs'

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

/** How a receiver looks up a header by its name. */
const lookUp = {
  'req.headers': (headers, name) => headers[name],
  Headers: (headers, name) => headers.get(name)
}

/** The usual code of a receiver. */
export function snippet(algorithm, secret, content, given) {
  const expected = Buffer.from(createHmac(algorithm, secret).update(content).digest('hex'))
  const signature = Buffer.from(given)
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) throw new Error('forged')
}

async function delivery(provider, body) {
  const webhook = new Webhook(provider, SECRET)
  return { webhook, headers: await handedOver(webhook.sign(body, { type: 'a' }), body) }
}

/**
 * The rows for a body, each with what is compared for the containers of headers that it is about. How many times as fast
 * is wanted, at which payload, stands beside them.
 */
export async function rows(body, { StandardWebhook, Stripe, SvixWebhook, verifyOctokit }) {
  const text = body.toString()
  const claimport = await delivery('claimport', body)
  const standard = await delivery('standard-webhooks', body)
  const stripe = await delivery('stripe', body)
  const github = await delivery('github', body)
  // Spaced as some serialisers do: not what is signed.
  const { type: event, ...rest } = JSON.parse(text)
  const spaced = Buffer.from(JSON.stringify({ event, ...rest }, null, 1))
  const mycover = await delivery('mycover', spaced)
  const standardPeer = new StandardWebhook(SECRET)
  const svixPeer = new SvixWebhook(SECRET)
  const stripePeer = new Stripe('sk_test_none').webhooks

  /** The same in each container. */
  const inEach = (name, against, wanted, { webhook, headers }, ours, theirs, containers = Object.keys(lookUp)) =>
    containers.map((container) => {
      const given = headers[container]
      const get = lookUp[container]
      return {
        name,
        against,
        container,
        wanted: wanted[container] ?? {},
        ours: () => ours(webhook, given),
        theirs: () => theirs((header) => get(given, header), given)
      }
    })
  const usual = (get) => snippet('sha256', SECRET, body, get('x-claimport-signature').slice('sha256='.length))
  const alone = ['req.headers']

  return [
    inEach(
      'verify, event.data',
      'createHmac, timingSafeEqual, JSON.parse',
      { 'req.headers': { p1k: 1.55, b16k: 1.1 }, Headers: { p1k: 1.5, b16k: 1.1 } },
      claimport,
      (webhook, headers) => webhook.verify(body, headers).data,
      (get) => {
        usual(get)
        return JSON.parse(body).data
      }
    ),
    inEach(
      'verify, event.type',
      'createHmac, timingSafeEqual',
      { 'req.headers': { p1k: 1.5 }, Headers: { p1k: 1.5 } },
      claimport,
      (webhook, headers) => webhook.verify(body, headers).type,
      usual
    ),
    inEach(
      'verify, event.data',
      'standardwebhooks',
      { 'req.headers': { p1k: 4 } },
      standard,
      (webhook, headers) => webhook.verify(body, headers).data,
      (_, headers) => standardPeer.verify(body, headers).data,
      alone
    ),
    inEach(
      'verify, event.data',
      'svix',
      {},
      standard,
      (webhook, headers) => webhook.verify(body, headers).data,
      (_, headers) => svixPeer.verify(body, headers).data,
      alone
    ),
    inEach(
      'verify, event.data',
      'stripe',
      {},
      stripe,
      (webhook, headers) => webhook.verify(body, headers).data,
      (get) => stripePeer.constructEvent(body, get('stripe-signature'), SECRET).data
    ),
    inEach(
      'verify, event.data',
      '@octokit/webhooks-methods, JSON.parse',
      {},
      github,
      (webhook, headers) => webhook.verify(text, headers).data,
      async (get) => {
        if (!(await verifyOctokit(SECRET, text, get('x-hub-signature-256')))) throw new Error('forged')
        return JSON.parse(text)
      }
    ),
    inEach(
      'mycover, a body that is not canonical',
      'JSON.stringify(JSON.parse(body)), createHmac',
      { 'req.headers': { p1k: 2.5 }, Headers: { p1k: 2.5 } },
      mycover,
      (webhook, headers) => webhook.verify(spaced, headers).type,
      (get) => snippet('sha512', SECRET, JSON.stringify(JSON.parse(spaced)), get('x-mycoverai-signature'))
    )
  ].flat()
}
