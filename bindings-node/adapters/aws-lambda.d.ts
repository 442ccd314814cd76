import type { AdapterOptions, InboxAdapterOptions, Store, Verifier } from './receiver.js'

export type { Acknowledge, AdapterOptions, InboxAdapterOptions, Logger, Store } from './receiver.js'

/** The invocation that Lambda gets from REST and HTTP APIs, load balancers and function URLs. */
export interface HttpInvocation {
  headers?: { readonly [name: string]: string | undefined } | null | undefined
  multiValueHeaders?: { readonly [name: string]: string[] | undefined } | null | undefined
  body?: string | null | undefined
  isBase64Encoded?: boolean | undefined
}

/** The response that Lambda returns to them. */
export interface HttpResult {
  statusCode: number
  headers?: { [name: string]: string | number | boolean }
  multiValueHeaders?: { [name: string]: (string | number | boolean)[] }
  cookies?: string[]
  body: string
  isBase64Encoded?: boolean
}

/**
 * Makes a Lambda handler from a function that takes the verified event and Lambda's context.
 *
 * ```js
 * export const handler = webhookHandler(kasko, async (event) => {
 *   await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(event) })) // all of it, data too
 * })
 * ```
 *
 * It works with REST and HTTP APIs (payload format 1.0 and 2.0), application load balancers with and without
 * multi-value headers, and function URLs. It undoes the body's Content-Encoding.
 *
 * If your function returns nothing, the response is an empty 200. Your function is not called for a delivery that does
 * not verify: the response is then the error's HTTP status with `{"error": code}`. Methods other than POST get 405, and
 * bodies larger than `maxBody` get 413. Senders that first ask whether the endpoint is yours are answered, by GET too.
 */
export function webhookHandler<E, C = unknown, I extends HttpInvocation = HttpInvocation>(
  webhook: Verifier<E>,
  handler: (event: E, context: C, invocation: I) => HttpResult | void | Promise<HttpResult | void>,
  options?: AdapterOptions,
): (invocation: I, context: C) => Promise<HttpResult>

/**
 * Makes a Lambda handler that stores deliveries in an inbox, for a `Worker` of `hookseal/inbox` to handle.
 *
 * ```js
 * export const handler = webhookHandler(inbox)
 * ```
 *
 * The response is 204 once the delivery is durable, else the error's HTTP status with `{"error": code}`, and with
 * `Retry-After` where the sender should come again.
 */
export function webhookHandler(
  inbox: Store,
  options?: InboxAdapterOptions,
): (invocation: HttpInvocation, context?: unknown) => Promise<HttpResult>
