// What the types promise. It is only compiled.

import { type Event, type EventOf, type kasko, HooksealError, Scheme, Webhook } from 'hookseal'

const body = Buffer.from('')
const headers: Record<string, string | string[] | undefined> = {}

export function narrowsOnTheType(event = new Webhook('kasko', 's').verify(body, headers)): string | number | null | undefined {
  event satisfies EventOf<'kasko'>
  event.provider satisfies 'kasko'
  switch (event.type) {
    case 'policy.created': {
      event.data satisfies kasko.Policy
      const link: string | null | undefined = event.data._links?.self?.href
      // @ts-expect-error -- no documentation promises it
      event.data._links.self
      // @ts-expect-error -- no such field
      event.data.premium
      // @ts-expect-error -- an offer has one, a policy has none
      event.data.payment_token
      return link
    }
    case 'offer.created':
      return event.data.payment_token?.length
    case 'policy.updated':
    case 'policy.cancelled':
      return event.data.gross_premium
    default: {
      const other: string = event.type
      event.data satisfies unknown
      // @ts-expect-error -- nothing is known of it
      event.data.id
      return other
    }
  }
}

export function narrowsWithIf(): string | null | undefined {
  const event = new Webhook('coverkit', ['new', 'old']).verify('{}', new Headers())
  if (event.type === 'policy.created') return event.data.id
  // @ts-expect-error -- misspelt
  if (event.type === 'polcy.created') return undefined
  if ((event.type as string) === 'policy.suspended') return 'not documented, but it may come'
  return undefined
}

export function twoFormsOfAPayload(): number | string | null | undefined {
  const event = new Webhook('mycover', 's').verify({ parsed: true }, headers)
  if (event.type !== 'purchase.successful') return undefined
  return event.data.essential?.amount ?? event.data.amount
}

export function eventsWithoutDocumentedPayloads(event: EventOf<'stripe'>): unknown {
  if (event.type === 'payment_intent.succeeded') return event.data
  return event.provider satisfies 'stripe'
}

export function anyProvider(name: string, own: Scheme): Event[] {
  const event = new Webhook(name, 's').verify(body, headers)
  const other = new Webhook(own, new Uint8Array(3), { tolerance: 5 }).verify(body, [['a', 'b']], { now: Date.now() })
  // @ts-expect-error -- unknown until it is looked at
  event.data.id
  const specific: Event = new Webhook('claimport', 's').verify(body, 'signature')
  return [event, other, specific]
}

export function whatElseIsSigned(scheme: Scheme): Event {
  const webhook = new Webhook(scheme, 's', { acceptUnsigned: true, constants: { url: 'https://a.example' }, origin: 'https://a.example' })
  const signed: Record<string, string> = webhook.sign(body, { method: 'POST', url: '/', headers: new Headers() })
  // @ts-expect-error -- a signature has no name
  webhook.sign(body, { headers: 'signature' })
  // @ts-expect-error -- a constant is text
  new Webhook(scheme, 's', { constants: { url: 7 } })
  const weakness: 'token' | 'body-unsigned' | 'crc32' | 'borders' | 'plain-digest' | undefined = scheme.weaknesses[0]
  const meaning: string | undefined = scheme.constants['url']
  webhook.explain(body, signed, { method: 'POST', url: weakness ?? meaning })
  return webhook.verify(body, signed, { method: 'POST', url: scheme.signsRequest ? '/' : undefined })
}

export function eachKindOfHeaders(webhook: Webhook<'kasko'>): void {
  webhook.verify(body, new Map([['a', 'b']]))
  webhook.verify(body, [['a', ['b', 'c']]])
  webhook.verify(body, ['Host', 'example.com'])
  webhook.verify(body, { a: ['b'], c: undefined, d: null })
  // @ts-expect-error -- a number is no header
  webhook.verify(body, { a: 7 })
  // @ts-expect-error -- headers are needed
  webhook.verify(body)
}

export function eachKindOfBody(webhook: Webhook<'kasko'>): void {
  webhook.verify(new ArrayBuffer(1), 's')
  webhook.verify(new DataView(new ArrayBuffer(1)), 's')
  // @ts-expect-error -- it was parsed already
  webhook.verify({ policy_id: '1' }, 's')
  // @ts-expect-error -- a body may be absent, which is no body
  webhook.verify(undefined, 's')
}

export function errors(error: unknown): number {
  if (!(error instanceof HooksealError)) return 0
  // @ts-expect-error -- no such code
  if (error.code === 'signature_missmatch') return 1
  return error.code === 'signature_mismatch' ? error.httpStatus : 0
}

export function serialises(event: EventOf<'kasko'>): string {
  const json = event.toJSON()
  // @ts-expect-error -- absent where the event has none
  json.data.id
  if (json.type === 'policy.created') json.data satisfies kasko.Policy | undefined
  // @ts-expect-error -- unknown until it is looked at
  event.envelope.account
  return `${json.created_at} ${json.dedupe_key} ${event.check satisfies boolean}`
}

export function aCopyHasNoFields(event: EventOf<'kasko'>): void {
  const copy = { ...event }
  // @ts-expect-error -- they are not own
  copy.data
}

export function schemes(): readonly string[] {
  const { name, title, unsigned } = Scheme.provider('kasko')
  return [name, title, ...unsigned]
}

export function handshakes(webhook: Webhook<'kasko'>): string | undefined {
  if (!webhook.scheme.hasHandshake) return undefined
  const answer = webhook.handshake(body, headers, { method: 'GET', url: '/' })
  // @ts-expect-error -- there is none for a delivery
  answer.body
  // @ts-expect-error -- a question is of now
  webhook.handshake(body, headers, { now: 0 })
  return answer?.contentType satisfies string | undefined
}

export function absentHeaders(webhook: Webhook<'mycover'>): void {
  webhook.verify(body, headers['x-mycoverai-signature'])
  webhook.verify(body, null)
  webhook.maxBody satisfies number
  webhook.warnings satisfies readonly string[]
  webhook.scheme.title satisfies string
  // @ts-expect-error -- it has to be awaited
  webhook.verify(body, Promise.resolve(headers))
}

export function nothingCanBeChangedOrMade(event: Event): void {
  // @ts-expect-error -- readonly
  event.type = 'other'
  // @ts-expect-error -- only verify makes one
  new (event.constructor as typeof Event)()
  // @ts-expect-error -- a secret is needed
  new Webhook('kasko')
  // @ts-expect-error -- a secret may be absent
  new Webhook('kasko', process.env['SECRET'])
}
