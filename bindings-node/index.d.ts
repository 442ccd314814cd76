/// <reference types="node" />

import type { Providers, SignsParsed } from './types/index.js'

export * from './types/index.js'

/** The name of a known provider. */
export type ProviderName = keyof Providers

/** The names of the known providers. */
export const providers: readonly ProviderName[]

/**
 * The raw body of a request: its bytes as they arrived, or their text. Memory that is shared, resizable or detached is
 * not accepted.
 */
export type Body = string | Uint8Array | ArrayBuffer | DataView

/** The body that `verify` takes: raw, or also parsed if the provider signs the output of `JSON.stringify`. */
export type BodyOf<P extends string> = Body | (P extends SignsParsed ? object : never)

/** The value of a header, or several if it came more than once. */
export type HeaderValue = string | readonly string[] | null | undefined

/** A `Headers` object, for environments whose types do not have its iteration. */
export interface HeadersObject {
  forEach(callback: (value: string, name: string) => void): void
}

/**
 * The headers of a request: `req.headers`, a plain object with names in any case, a `Headers` or `Map` object, pairs,
 * or `req.rawHeaders`.
 *
 * A string is the signature header's value. `undefined` and `null` stand for no headers, so that `req.headers['x-…']`
 * of an unsigned request gives a `MissingHeaderError`.
 */
export type RequestHeaders =
  | string
  | null
  | undefined
  | { readonly [name: string]: HeaderValue }
  | HeadersObject
  | Iterable<readonly [name: string, value: HeaderValue]>
  | readonly string[]

/** A secret as the provider shows it, or its bytes if it is not text. */
export type Secret = string | Uint8Array

/** The description of a scheme; the format is documented in `core/providers/README.md`. */
export interface SchemeDescription {
  /** The provider's name: lower-case letters, digits and `-`. */
  name: string
  [key: string]: unknown
}

/** A scheme: how a provider signs its deliveries, and where an event's fields are. */
export class Scheme {
  /**
   * @param description An object, or text in TOML or JSON.
   * @throws {ConfigurationError} If it cannot be read, or cannot be safe.
   */
  constructor(description: SchemeDescription | string)
  /**
   * Returns the scheme of a known provider.
   *
   * @throws {ConfigurationError} If the provider is not known.
   */
  static provider(name: ProviderName | (string & {})): Scheme
  /** The provider's name, which its events carry. */
  readonly name: string
  /** The provider's display name. */
  readonly title: string
  /** The fields of an event that the signature does not cover. */
  readonly unsigned: readonly EventField[]
  /**
   * What the signatures leave open; empty for most. Where a weakness leaves the body unsigned, `unsigned` says so, and a
   * webhook is built only with `acceptUnsigned`.
   */
  readonly weaknesses: readonly Weakness[]
  /** The names of the constants that a webhook with this scheme must be given, and what each one is. */
  readonly constants: { readonly [name: string]: string }
  /** True if the request's method or address is signed, so that `verify` needs them. */
  readonly signsRequest: boolean
  /** True if the sender first asks whether the endpoint is yours: see `Webhook.handshake`. */
  readonly hasHandshake: boolean
}

/** A field of an event that a scheme may leave unsigned. */
export type EventField = 'type' | 'id' | 'created_at' | 'body'

/** A weakness of a signature: what somebody can do who has seen deliveries but not the secret. */
export type Weakness = 'token' | 'body-unsigned' | 'crc32' | 'borders' | 'plain-digest'

/** Options of `new Webhook`. */
export interface WebhookOptions {
  /**
   * The tolerance: how many seconds a signed timestamp may be from now, in the past or the future. The default is the
   * scheme's own tolerance. `Infinity` accepts any timestamp, which lets old deliveries be replayed.
   */
  tolerance?: number | undefined
  /**
   * A scheme that replaces the provider's, or that describes a provider that is not known. Its name must be the
   * provider's.
   */
  scheme?: Scheme | SchemeDescription | string | undefined
  /** The constants that the scheme names: texts that the sender signs and does not send, such as the registered URL. */
  constants?: { readonly [name: string]: string } | undefined
  /**
   * The scheme, host and port that the sender calls, such as `https://hooks.example.com`, for schemes that sign the
   * request's address. Only its path and query are then taken from the request, whatever a proxy has made of the rest.
   */
  origin?: string | undefined
  /**
   * Accepts that the sender signs less than the body, as `Scheme.weaknesses` says. A delivery then proves only that
   * somebody has seen a genuine one: look up at the sender what the event says before you act on it.
   */
  acceptUnsigned?: boolean | undefined
}

/** Options of `Webhook.verify`. */
export interface VerifyOptions {
  /** The time to verify at: a `Date`, or milliseconds as `Date.now()` returns them. The default is now. */
  now?: Date | number | undefined
  /** The request's method, such as `POST`, for schemes that sign it: see `Scheme.signsRequest`. */
  method?: string | undefined
  /**
   * The request's address, for schemes that sign it: the whole URL that the sender called, or its path and query if the
   * webhook has an `origin` or the scheme signs no more.
   */
  url?: string | undefined
}

/** Options of `Webhook.handshake`. */
export interface HandshakeOptions {
  /** The request's method. The default is `POST`. */
  method?: string | undefined
  /** The request's address: the whole URL, or its path and query. */
  url?: string | undefined
}

/** An answer to a sender that asks whether the endpoint is yours. */
export interface Handshake {
  /** The value of the response's header `Content-Type`. */
  readonly contentType: string
  /** The response's body. */
  readonly body: string
}

/** Options of `Webhook.explain`. */
export interface ExplainOptions {
  /** The request's method, as `verify` takes it. */
  method?: string | undefined
  /** The request's address, as `verify` takes it. */
  url?: string | undefined
  /** Further secrets that you have, such as another webhook's or the test mode's. */
  secrets?: Secret | readonly Secret[] | undefined
  /** The time at which the delivery arrived: a `Date`, or milliseconds since 1970. The default is now. */
  now?: Date | number | undefined
}

/** Options of `Webhook.sign`: what a delivery has besides its body. */
export interface SignOptions {
  /** The event's type, for providers that send it in a header. */
  type?: string | undefined
  /** The delivery's id, for providers that send it in a header. The default is made from the body. */
  id?: string | undefined
  /**
   * The time of signing, for providers that sign a timestamp: a `Date`, or milliseconds since 1970. The default is now.
   */
  timestamp?: Date | number | undefined
  /** The request's method, for providers that sign it. */
  method?: string | undefined
  /** The request's address, for providers that sign it. */
  url?: string | undefined
  /** Other headers of the delivery, for providers that sign some. They are not returned. */
  headers?: Exclude<RequestHeaders, string> | undefined
  /** The sender's private key, for providers that sign with one: make a pair of your own for tests. */
  privateKey?: string | undefined
}

/** A webhook of one provider: its scheme and your secrets, ready to verify deliveries. Create it once and keep it. */
export class Webhook<P extends ProviderName | (string & {}) = string> {
  /**
   * @param provider The provider's name, or a scheme of your own.
   * @param secret The secret, or several while they are rotated: any of them may match.
   * @throws {ConfigurationError} If the provider is not known, a secret cannot be what it gave out, or an option does
   * not fit the scheme: one that would do nothing, a constant that is not given, a body that is left unsigned without
   * `acceptUnsigned`.
   */
  constructor(provider: P | Scheme, secret: Secret | readonly Secret[], options?: WebhookOptions)
  /** The provider's name, which its events carry. */
  readonly provider: P
  /** The scheme that deliveries are verified by. */
  readonly scheme: Scheme
  /**
   * The size, in bytes, of the largest body that a receiver should accept: what the provider documents, else 1 MiB. The
   * adapters accept no more by default.
   */
  readonly maxBody: number
  /**
   * Warnings about secrets that can be used but are weak, such as a key of few bytes. They are for developers, and
   * contain no part of a secret.
   */
  readonly warnings: readonly string[]
  /**
   * Verifies a delivery and returns its event.
   *
   * @param body The raw body, as it arrived.
   * @param headers The request's headers, or the signature header's value.
   * @throws {VerificationError} The delivery cannot be trusted: respond with `httpStatus`.
   * @throws {PayloadError} It is authentic, but not the JSON that the scheme says, or without a type.
   * @throws {ConfigurationError} The scheme signs the request's method or address, and it was not passed.
   * @throws {TypeError} The body is not raw, or an argument is of another type, such as a Promise or a stream.
   *
   * @example
   * ```js
   * import { Webhook } from 'hookseal'
   *
   * const webhook = new Webhook('kasko', 'whsec_of_the_test')
   * const body = '{"policy_id":"TEST-1"}'
   * const event = webhook.verify(body, webhook.sign(body, { type: 'policy.created' }))
   * console.log(event.type, event.data.policy_id) // policy.created TEST-1
   * ```
   */
  verify(body: BodyOf<P>, headers: RequestHeaders, options?: VerifyOptions): EventOf<P>
  /**
   * Returns the answer to a sender that asks whether the endpoint is yours; null for any other request, which is a
   * delivery.
   *
   * Call it before `verify`, for every request, also with the method `GET`, if `Scheme.hasHandshake`; the adapters do.
   * Respond with the status 200, the answer and the header `X-Content-Type-Options: nosniff`.
   *
   * @param body The raw body, as it arrived; empty if there is none.
   * @param headers The request's headers.
   * @throws {VerificationError} The question is signed, and not by the sender, or its token is wrong.
   * @throws {PayloadError} It has no challenge that can be answered.
   * @throws {ConfigurationError} The webhook was not given the token as a constant.
   */
  handshake(body: BodyOf<P>, headers: RequestHeaders, options?: HandshakeOptions): Handshake | null
  /**
   * Explains why a delivery does not verify: a development tool for when every signature fails.
   *
   * It undoes what goes wrong in practice until the signature matches, which costs far more than verifying. Never put
   * the report in a response, and do not act on it: it tells a sender what is wrong, and does not prove who sent the
   * delivery.
   *
   * @param body The body as your handler has it.
   * @param headers All headers of the request.
   * @throws {TypeError} An argument is of another type. Nothing is thrown because of the delivery: one that verifies has
   * a report too.
   *
   * @example
   * ```js
   * import { Webhook } from 'hookseal'
   *
   * const webhook = new Webhook('kasko', 'whsec_of_the_test')
   * const headers = webhook.sign('{"policy_id":"TEST-1"}', { type: 'policy.created' })
   * const report = webhook.explain('{"policy_id": "TEST-1"}', headers)
   * console.log(report.findings[0].code) // body_reserialised
   * ```
   */
  explain(body: BodyOf<P>, headers: RequestHeaders, options?: ExplainOptions): Report
  /**
   * Signs a body with the first secret, and returns the headers that the provider would send. For tests of a handler.
   *
   * @param body The body, as it will be sent.
   * @throws {HooksealError} The provider sends the type in a header and none is given, or a text cannot stand in a
   * header.
   *
   * @example
   * ```js
   * import { Webhook } from 'hookseal'
   *
   * const headers = new Webhook('claimport', 'secret').sign('{"type":"claim.created"}')
   * console.log(Object.keys(headers).join()) // X-ClaimPort-Signature
   * ```
   */
  sign(body: BodyOf<P>, options?: SignOptions): Record<string, string>
}

/**
 * A report of why a delivery does not verify, from `Webhook.explain`. As a string it is text for a terminal or a log.
 *
 * It contains no secret, no signature and no part of the body.
 */
export class Report {
  private constructor()
  /** True if the delivery verifies, so that there is nothing to explain. */
  readonly verifies: boolean
  /** The code of the error that `verify` throws, or null if the delivery verifies. */
  readonly error: ErrorCode | null
  /**
   * The findings. If several are proven, the signature matched once all of them were undone; the others are in order of
   * likelihood.
   */
  readonly findings: readonly Finding[]
  /** Sentences on what was tried without success; empty if a cause was proven. */
  readonly ruledOut: readonly string[]
  /** Returns the report as an object, in the form that all languages share. `JSON.stringify` calls it. */
  toJSON(): {
    verifies: boolean
    error: ErrorCode | null
    findings: Finding[]
    ruled_out: string[]
  }
  /** Returns the report as text for a terminal or a log. */
  toString(): string
}

/** A cause that was found: something that is wrong with a delivery or with the receiver's configuration. */
export interface Finding {
  /** The code, such as `body_reserialised`. It is the same in every language and never changes its meaning. */
  readonly code: string
  /** A sentence or two on what happened. */
  readonly what: string
  /** A sentence or two on how to fix it. */
  readonly fix: string
  /** The evidence in this delivery, in words. */
  readonly evidence: string
  /**
   * True if the signature matched once this was undone. A finding that is not proven was only observed: a forged
   * delivery can show it too.
   */
  readonly proven: boolean
  /**
   * The index of the secret that the finding is about, if any. The webhook's secrets are counted first, then those of
   * the options.
   */
  readonly secret: number | null
}

/**
 * A verified event: what the provider reports in a delivery whose signature matched.
 *
 * Only `Webhook.verify` makes one. Its fields are accessors of the class, so it cannot be spread or cloned; use
 * `toJSON()`.
 */
export class Event<Type extends string = string, Data = unknown, Provider extends string = string> {
  private constructor()
  /** The name of the provider that sent the event. */
  get provider(): Provider
  /** The event's type, such as `policy.created`; empty if the provider gives none. */
  get type(): Type
  /** The id of the event or the delivery, or null if it has none. Retries of a delivery carry the same id. */
  get id(): string | null
  /** The time at which the event happened, or null if the provider does not give it. */
  get createdAt(): Date | null
  /** True if the provider marks the event as a test. */
  get test(): boolean
  /**
   * True if the event only checks that the endpoint works. It reports nothing that happened, so a success response is
   * all it needs.
   */
  get check(): boolean
  /**
   * The event's data, parsed when it is first read; `undefined` if the event has none.
   *
   * It is what `JSON.parse` returns, which rounds integers beyond 2^53, except that half a surrogate pair in a string
   * is U+FFFD.
   */
  get data(): Data
  /**
   * The whole JSON value that was signed, of which the data is a part; `undefined` if the payload is not JSON. It
   * includes what a sender puts beside the data, such as Stripe's `account`.
   */
  get envelope(): unknown
  /** The fields that the signature does not cover. Whoever replays the delivery could have changed them. */
  get unsigned(): readonly EventField[]
  /** The bytes that were authenticated: the body as it was signed. Each read makes a copy. */
  get body(): Buffer
  /** The index of the secret that matched, counted from 0. */
  get keyIndex(): number
  /**
   * A key that identifies the event, to recognise one that was already handled: `provider:id` where the id is signed,
   * else the provider, the type and the SHA-256 of the body.
   *
   * Two genuine events with equal bodies share a key of the latter kind, such as of a policy that was changed and
   * changed back: keep it for as long as the provider retries, and no longer.
   */
  get dedupeKey(): string
  /**
   * Returns the whole event as an object, in the form that all languages share. `JSON.stringify` calls it.
   *
   * It contains personal data, and so does the output of a logger that serialises objects. `console.log` shows only the
   * provider, the type and the id.
   */
  toJSON(): EventJson<Type, Data, Provider>
}

/** A serialised event, as `Event.toJSON` returns it. */
export interface EventJson<Type extends string = string, Data = unknown, Provider extends string = string> {
  /** The provider's name. */
  provider: Provider
  /** The event's type; empty if the provider gives none. */
  type: Type
  /** The id of the event or delivery, or null. */
  id: string | null
  /** The time at which the event happened, in RFC 3339, or null. */
  created_at: string | null
  /** True if the provider marks the event as a test. */
  test: boolean
  /** True if the event only checks that the endpoint works. */
  check: boolean
  /** The event's data; absent if the event has none. */
  data?: Data
  /** What the signature does not cover. */
  unsigned: readonly EventField[]
  /** The index of the secret that matched, counted from 0. */
  key_index: number
  /** A key that identifies the event, to handle it once. */
  dedupe_key: string
}

/** A type without values, which stands for all strings except the documented ones: TypeScript has no type for these. */
declare const enum Undocumented {
  Type = 'a type of event that is not documented'
}

/** An event type that is not documented: a string. */
export type UndocumentedType = Undocumented.Type

/** The events of a provider: one member per documented type, and one for all other types. */
export type EventOf<P extends string> = P extends ProviderName
  ? DocumentedEvents<P, Providers[P]> | Event<keyof Providers[P] extends never ? string : UndocumentedType, unknown, P>
  : Event<string, unknown, P>

type DocumentedEvents<P extends string, Payloads> = {
  [Type in keyof Payloads & string]: Event<Type, Payloads[Type], P>
}[keyof Payloads & string]

/** An error code. It is the same in every language and never changes its meaning. */
export type ErrorCode =
  | 'missing_header'
  | 'malformed_header'
  | 'signature_mismatch'
  | 'timestamp_out_of_tolerance'
  | 'invalid_payload'
  | 'unknown_provider'
  | 'invalid_secret'
  | 'invalid_scheme'
  | 'missing_request'

/** An error code of an inbox. It is the same in every language and never changes its meaning. */
export type InboxErrorCode =
  | 'in_progress'
  | 'unavailable'
  | 'body_too_large'
  | 'no_transaction'
  | 'open_transaction'
  | 'lease_lost'
  | 'unknown_source'
  | 'schema_missing'
  | 'schema_version'
  | 'invalid_inbox'

/**
 * An error that says why a webhook could not be built or a delivery cannot be trusted. The message contains no secret
 * and no part of the payload.
 */
export class HooksealError extends Error {
  protected constructor()
  /** The code, which is stable. Those of an inbox are an `InboxError`'s alone. */
  readonly code: ErrorCode | InboxErrorCode
  /** The HTTP status to respond to the delivery with. */
  readonly httpStatus: number
}

/** The delivery cannot be trusted. */
export class VerificationError extends HooksealError {}
/** A header that the scheme needs is absent. */
export class MissingHeaderError extends VerificationError {}
/** A header is present, but not of the scheme's form. */
export class MalformedHeaderError extends VerificationError {}
/** The signature is wrong for every secret. */
export class SignatureMismatchError extends VerificationError {}
/** The signed timestamp is too old or too far ahead. */
export class TimestampError extends VerificationError {}
/** The delivery is authentic, but not the JSON that the scheme says, or without a type. */
export class PayloadError extends HooksealError {}
/** The configuration is wrong: the provider, a secret, a scheme, or what a scheme needs is not passed. */
export class ConfigurationError extends HooksealError {}
