import type { AdapterOptions, Verifier } from './receiver.js'

export type { Acknowledge, AdapterOptions, Logger } from './receiver.js'

/** What is read of a request: a `Request`, or the like of it that a platform has, such as `HttpRequest` of Azure Functions. */
export interface FetchRequest {
  readonly method: string
  readonly headers: { get(name: string): string | null }
  readonly body: { getReader(): unknown } | null
  readonly bodyUsed: boolean
}

/**
 * Makes a handler of WHATWG requests of one that takes the verified event: for route handlers of Next.js, functions of
 * Vercel and Azure, for Hono, Bun and Deno.
 *
 * ```js
 * export const POST = webhookHandler(kasko, async (event) => {
 *   await queue.add(event.type, event) // as JSON, with its data
 * })
 * ```
 *
 * The handler also gets the request, whose body is read by then, and what else the framework passes. A handler that
 * returns nothing answers with an empty 200. The body's Content-Encoding is undone. The handler is not called for a delivery that does not verify: that is answered
 * with the error's HTTP status and `{"error": code}`, other methods than POST with 405, and larger bodies than
 * `maxBody` with 413.
 */
export function webhookHandler<E, R extends FetchRequest = Request, Rest extends unknown[] = unknown[]>(
  webhook: Verifier<E>,
  handler: (event: E, request: R, ...rest: Rest) => Response | void | Promise<Response | void>,
  options?: AdapterOptions,
): (request: R, ...rest: Rest) => Promise<Response>
