/// <reference types="node" />

import type { Providers, SignsParsed } from './types/index.js'

export * from './types/index.js'

/** The name of a known provider. */
export type ProviderName = keyof Providers

/** The names of the known providers. */
export const providers: readonly ProviderName[]

/** The bytes of a request as they came, or their text. Not memory that is shared, resizable or detached. */
export type Body = string | Uint8Array | ArrayBuffer | DataView

/** What `verify` takes for a body: from providers that sign what `JSON.stringify` gives, also a parsed one. */
export type BodyOf<P extends string> = Body | (P extends SignsParsed ? object : never)

export type HeaderValue = string | readonly string[] | null | undefined

/** A `Headers` object, also where the types of its iteration are not there. */
export interface HeadersObject {
  forEach(callback: (value: string, name: string) => void): void
}

/**
 * The headers of a request: `req.headers`, a plain object in any case, a `Headers` or `Map` object, pairs, or
 * `req.rawHeaders`. A string is the signature header's value; `undefined` and `null` are no headers, so that
 * `req.headers['x-…']` of an unsigned request is a `MissingHeaderError`.
 */
export type RequestHeaders =
  | string
  | null
  | undefined
  | { readonly [name: string]: HeaderValue }
  | HeadersObject
  | Iterable<readonly [name: string, value: HeaderValue]>
  | readonly string[]

/** A secret as the provider shows it; bytes where it is none that text can hold. */
export type Secret = string | Uint8Array

/** How a sender signs: the format is described in the documentation. */
export interface SchemeDescription {
  /** Lower-case letters, digits and `-`. */
  name: string
  [key: string]: unknown
}

/** How a sender signs that is not among the known providers. */
export class Scheme {
  /**
   * @param description An object, or text in TOML or JSON.
   * @throws {ConfigurationError} If it cannot be read, or cannot be safe.
   */
  constructor(description: SchemeDescription | string)
  /**
   * The scheme of a known provider.
   *
   * @throws {ConfigurationError} If the provider is not known.
   */
  static provider(name: ProviderName | (string & {})): Scheme
  /** The provider's name, which its events carry. */
  readonly name: string
  /** The provider's name for people. */
  readonly title: string
  /** The fields of an event that the signature does not cover. */
  readonly unsigned: readonly EventField[]
}

/** A field of an event that a scheme may leave unsigned. */
export type EventField = 'type' | 'id' | 'created_at'

export interface WebhookOptions {
  /**
   * How far a signed timestamp may lie from now, either way, in seconds; the scheme's own if not given. `Infinity`
   * accepts any, which lets old deliveries be replayed.
   */
  tolerance?: number | undefined
  /** Replaces the provider's scheme, or describes a provider that is not known. Its name must be the provider's. */
  scheme?: Scheme | SchemeDescription | string | undefined
}

export interface VerifyOptions {
  /** The time to verify at, a `Date` or in milliseconds as `Date.now()` gives it; now if not given. */
  now?: Date | number | undefined
}

export interface ExplainOptions {
  /** Further secrets that you have, such as another webhook's or the test mode's. */
  secrets?: Secret | readonly Secret[] | undefined
  /** When the delivery came in, a `Date` or in milliseconds; now if not given. */
  now?: Date | number | undefined
}

export interface SignOptions {
  /** The event's type, for providers that send it in a header. */
  type?: string | undefined
  /** The delivery's id, for providers that send it in a header. Made from the body if not given. */
  id?: string | undefined
  /** When it was signed, a `Date` or in milliseconds, for providers that sign a timestamp; now if not given. */
  timestamp?: Date | number | undefined
}

/** The receiver's handle for one webhook: a provider and its secrets. Make it once and keep it. */
export class Webhook<P extends ProviderName | (string & {}) = string> {
  /**
   * @param provider The provider's name, or a scheme of your own.
   * @param secret The secret, or several while they are rotated: any of them may match.
   * @throws {ConfigurationError} If the provider is not known, or a secret cannot be what it gave out.
   */
  constructor(provider: P | Scheme, secret: Secret | readonly Secret[], options?: WebhookOptions)
  readonly provider: P
  /** The scheme that deliveries are verified by. */
  readonly scheme: Scheme
  /** How many bytes the longest body may have: what the provider documents, else 1 MiB. Adapters accept no more. */
  readonly maxBody: number
  /**
   * What is to be said of the secrets although they can be used, such as a key of few bytes. For developers, and without
   * a part of a secret.
   */
  readonly warnings: readonly string[]
  /**
   * Verifies a delivery and says what it holds.
   *
   * @param body The raw body, as it came.
   * @param headers The request's headers, or the signature header's value.
   * @throws {VerificationError} The delivery is not to be trusted: answer with `httpStatus`.
   * @throws {PayloadError} It is authentic, but not the JSON that the scheme says, or without a type.
   * @throws {TypeError} The body is not raw, or an argument is of another type, such as a Promise or a stream.
   */
  verify(body: BodyOf<P>, headers: RequestHeaders, options?: VerifyOptions): EventOf<P>
  /**
   * Finds out why a delivery does not verify: a development tool. It undoes what goes wrong in practice until the
   * signature matches, which costs far more than verifying. Never answer a request with the report, or
   * act on it: it tells a sender what is wrong, and proves nothing of who sent the delivery.
   */
  explain(body: BodyOf<P>, headers: RequestHeaders, options?: ExplainOptions): Report
  /** The headers that the provider would send with this body, signed with the first secret: for tests. */
  sign(body: BodyOf<P>, options?: SignOptions): Record<string, string>
}

/** What `Webhook.explain` found out; as a string, for a terminal. It holds no secret, signature or part of the body. */
export class Report {
  private constructor()
  /** Whether the delivery verifies as it is, so that there is nothing to explain. */
  readonly verifies: boolean
  /** The code of the error that `verify` throws. */
  readonly error: ErrorCode | null
  /** If several are proven, the signature matched once all of them were undone; the others are in order of likelihood. */
  readonly findings: readonly Finding[]
  /** What was tried in vain, as sentences. */
  readonly ruledOut: readonly string[]
  /** The report in the form that all languages share. */
  toJSON(): {
    verifies: boolean
    error: ErrorCode | null
    findings: Finding[]
    ruled_out: string[]
  }
  toString(): string
}

/** Something that is wrong with a delivery or with the receiver's set-up. */
export interface Finding {
  /** Stable, such as `body_reserialised`. */
  readonly code: string
  readonly what: string
  readonly fix: string
  /** What speaks for it in this delivery. */
  readonly evidence: string
  /** Whether the signature matched once this was undone. What is not proven, a forged delivery can show too. */
  readonly proven: boolean
  /** Which secret it is about, if any: those of the options are counted on after the webhook's. */
  readonly secret: number | null
}

/** What a verified delivery says. Only `Webhook.verify` makes one. Its fields are not own: it cannot be spread or cloned. */
export class Event<Type extends string = string, Data = unknown, Provider extends string = string> {
  private constructor()
  /** The provider that sent it. */
  get provider(): Provider
  /** What happened, such as `policy.created`; empty if the provider does not say. */
  get type(): Type
  /** The delivery's or event's own id; retries carry the same. */
  get id(): string | null
  /** When it happened, if the provider says so. */
  get createdAt(): Date | null
  /** Whether the provider marks it as a test. */
  get test(): boolean
  /** Whether it is a test that only asks whether the endpoint works: it says of nothing that happened. */
  get check(): boolean
  /**
   * What it holds, parsed when first asked for; `undefined` if it has no data. It is what `JSON.parse` gives, which
   * rounds integers beyond 2^53, but that half a surrogate pair in a string is U+FFFD.
   */
  get data(): Data
  /** The whole JSON value that was signed, such as what stands beside the data; `undefined` if the payload is not JSON. */
  get envelope(): unknown
  /** The fields that the signature does not cover: whoever replays the delivery could have changed them. */
  get unsigned(): readonly EventField[]
  /** The bytes that were authenticated: a copy each time. */
  get body(): Buffer
  /** Which of the secrets matched, counted from 0. */
  get keyIndex(): number
  /**
   * A key to recognise a delivery that was already handled: `provider:id` where the id is signed, else the provider, the
   * type and the SHA-256 of the body. The latter two genuine events with equal bodies share, such as a policy that was
   * changed and changed back: keep such a key for as long as the provider retries, and no longer.
   */
  get dedupeKey(): string
  /**
   * All of it, in the shape that every language serialises; what `JSON.stringify` writes. It holds personal data, and so
   * does what a logger that serialises objects writes. `console.log` shows the provider, the type and the id alone.
   */
  toJSON(): EventJson<Type, Data, Provider>
}

/** A serialised event. */
export interface EventJson<Type extends string = string, Data = unknown, Provider extends string = string> {
  provider: Provider
  type: Type
  id: string | null
  /** As RFC 3339. */
  created_at: string | null
  test: boolean
  check: boolean
  /** Absent where the event has none. */
  data?: Data
  unsigned: readonly EventField[]
  key_index: number
  dedupe_key: string
}

/** No value of it exists: it stands for all strings but the documented ones, which TypeScript has no type for. */
declare const enum Undocumented {
  Type = 'a type of event that is not documented'
}

/** Some other type than the documented ones: a string. */
export type UndocumentedType = Undocumented.Type

/** The events of a provider: one member per documented type, and one for all other types. */
export type EventOf<P extends string> = P extends ProviderName
  ? DocumentedEvents<P, Providers[P]> | Event<keyof Providers[P] extends never ? string : UndocumentedType, unknown, P>
  : Event<string, unknown, P>

type DocumentedEvents<P extends string, Payloads> = {
  [Type in keyof Payloads & string]: Event<Type, Payloads[Type], P>
}[keyof Payloads & string]

/** The same in every language; its meaning never changes. */
export type ErrorCode =
  | 'missing_header'
  | 'malformed_header'
  | 'signature_mismatch'
  | 'timestamp_out_of_tolerance'
  | 'invalid_payload'
  | 'unknown_provider'
  | 'invalid_secret'
  | 'invalid_scheme'

/** Why a webhook could not be built or a delivery not be trusted. The message holds no secret and no payload. */
export class HooksealError extends Error {
  protected constructor()
  readonly code: ErrorCode
  /** The HTTP status to answer the delivery with. */
  readonly httpStatus: number
}

/** The delivery is not to be trusted. */
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
/** The set-up is wrong: the provider, a secret or a scheme. */
export class ConfigurationError extends HooksealError {}
