/** What an adapter needs of a `Webhook`. */
export interface Verifier<E> {
  verify(body: Uint8Array | string, headers: Readonly<Record<string, string | string[] | undefined>>): E
  /** How many bytes of body are accepted if the options do not say. */
  readonly maxBody: number
}

/**
 * Which authentic test events are answered with 200 without calling the handler.
 *
 * - `'checks'`: those that only ask whether the endpoint works, such as ClaimPort's `webhook.test`. Events about test
 *   data, such as a policy of KASKO's test mode, reach the handler with `event.test` true.
 * - `'tests'`: every event with `event.test` true, so that the handler sees live ones alone.
 * - `'none'`: the handler is called for every event.
 */
export type Acknowledge = 'checks' | 'tests' | 'none'

/** Where refused deliveries are told of. A console, pino or winston logger is one. */
export interface Logger {
  warn(message: string): void
  error(message: string): void
}

export interface AdapterOptions {
  /** How many bytes of body are accepted before the answer is 413. The webhook's own `maxBody` if not given. */
  maxBody?: number | undefined
  /** Which authentic test events do not reach the handler. `'checks'` if not given. */
  acknowledge?: Acknowledge | undefined
  /** The framework's logger if it has one, else the console, if not given. */
  logger?: Logger | undefined
}
