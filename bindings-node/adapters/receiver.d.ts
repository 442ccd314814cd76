/** The request's method, and its address as the framework gives it: the whole URL, or its path and query. */
export interface SignedRequest {
  method?: string | undefined
  url?: string | undefined
}

/** The part of a `Webhook` that an adapter needs. */
export interface Verifier<E> {
  verify(
    body: Uint8Array | string,
    headers: Readonly<Record<string, string | string[] | undefined>>,
    request?: SignedRequest,
  ): E
  /** Answers a sender that first asks whether the endpoint is the receiver's, if the scheme says so. */
  handshake?(
    body: Uint8Array | string,
    headers: Readonly<Record<string, string | string[] | undefined>>,
    request?: SignedRequest,
  ): { readonly contentType: string; readonly body: string } | null
  /** The scheme: if it signs the request's method or address, or has a handshake, the methods get these. */
  readonly scheme?: { readonly signsRequest: boolean; readonly hasHandshake?: boolean }
  /** The size, in bytes, of the largest body that is accepted if the options do not set one. */
  readonly maxBody: number
}

/**
 * The authentic test events that get a 200 without the handler being called.
 *
 * - `'checks'`: those that only check that the endpoint works, such as ClaimPort's `webhook.test`. Events about test
 *   data, such as a policy of KASKO's test mode, reach the handler with `event.test` true.
 * - `'tests'`: every event with `event.test` true, so that the handler gets only live ones.
 * - `'none'`: no event; the handler is called for all of them.
 */
export type Acknowledge = 'checks' | 'tests' | 'none'

/** A logger for refused deliveries. A console, pino or winston logger is one. */
export interface Logger {
  warn(message: string): void
  error(message: string): void
}

/** Options of an adapter. */
export interface AdapterOptions {
  /**
   * The size, in bytes, of the largest body that is accepted; larger ones get 413. The default is the webhook's own
   * `maxBody`.
   */
  maxBody?: number | undefined
  /** The test events that do not reach the handler. The default is `'checks'`. */
  acknowledge?: Acknowledge | undefined
  /** The logger for refused deliveries. The default is the framework's logger if it has one, else the console. */
  logger?: Logger | undefined
}

/** The part of an `Inbox` that an adapter needs. */
export interface Store {
  receive(
    body: Uint8Array | string,
    headers: Readonly<Record<string, string | string[] | undefined>>,
    options?: SignedRequest & { source?: string | undefined },
  ): Promise<{ readonly outcome: string }>
}

/** Options of an adapter with an inbox. */
export interface InboxAdapterOptions {
  /** The source's name, if the inbox has several. */
  source?: string | undefined
  /** The size, in bytes, of the largest body that is accepted; larger ones get 413. The default is the webhook's own `maxBody`. */
  maxBody?: number | undefined
  /** The logger for refused deliveries. The default is the framework's logger if it has one, else the console. */
  logger?: Logger | undefined
}
