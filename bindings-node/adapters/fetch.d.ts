import type { AdapterOptions, InboxAdapterOptions, Store, Verifier } from './receiver.js'

export type { Acknowledge, AdapterOptions, InboxAdapterOptions, Logger, Store } from './receiver.js'

/**
 * The part of a request that is read: a `Request`, or a platform's own kind of it, such as `HttpRequest` of Azure
 * Functions.
 */
export interface FetchRequest {
  readonly method: string
  readonly url: string
  readonly headers: { get(name: string): string | null }
  readonly body: { getReader(): unknown } | null
  readonly bodyUsed: boolean
}

/**
 * Makes a handler of WHATWG requests from one that takes the verified event. It is for route handlers of Next.js, for
 * functions of Vercel and Azure, and for Hono, Bun and Deno.
 *
 * ```js
 * export const POST = webhookHandler(kasko, async (event) => {
 *   await queue.add(event.type, event) // as JSON, with its data
 * })
 * ```
 *
 * Your handler also gets the request, whose body has been read by then, and everything else that the framework passes.
 * If it returns nothing, the response is an empty 200. The body's Content-Encoding is undone.
 *
 * Your handler is not called for a delivery that does not verify: the response is then the error's HTTP status with
 * `{"error": code}`. Methods other than POST get 405, and bodies larger than `maxBody` get 413. Senders that
 * first ask whether the endpoint is yours are answered; for those that ask by GET, `export const GET = POST` too.
 */
export function webhookHandler<E, R extends FetchRequest = Request, Rest extends unknown[] = unknown[]>(
  webhook: Verifier<E>,
  handler: (event: E, request: R, ...rest: Rest) => Response | void | Promise<Response | void>,
  options?: AdapterOptions,
): (request: R, ...rest: Rest) => Promise<Response>

/**
 * Makes a handler of WHATWG requests that stores deliveries in an inbox, for a `Worker` of `hookseal/inbox` to handle.
 *
 * ```js
 * export const POST = webhookHandler(inbox)
 * ```
 *
 * The response is 204 once the delivery is durable, else the error's HTTP status with `{"error": code}`, and with
 * `Retry-After` where the sender should come again.
 */
export function webhookHandler(inbox: Store, options?: InboxAdapterOptions): (request: FetchRequest) => Promise<Response>
