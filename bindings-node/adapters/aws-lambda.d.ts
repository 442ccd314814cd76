import type { AdapterOptions, Verifier } from './receiver.js'

export type { Acknowledge, AdapterOptions, Logger } from './receiver.js'

/** What Lambda is invoked with by REST and HTTP APIs, load balancers and function URLs. */
export interface HttpInvocation {
  headers?: { readonly [name: string]: string | undefined } | null | undefined
  multiValueHeaders?: { readonly [name: string]: string[] | undefined } | null | undefined
  body?: string | null | undefined
  isBase64Encoded?: boolean | undefined
}

/** What Lambda answers them with. */
export interface HttpResult {
  statusCode: number
  headers?: { [name: string]: string | number | boolean }
  multiValueHeaders?: { [name: string]: (string | number | boolean)[] }
  cookies?: string[]
  body: string
  isBase64Encoded?: boolean
}

/**
 * Makes a Lambda handler of a function that takes the verified event and Lambda's context.
 *
 * ```js
 * export const handler = webhookHandler(kasko, async (event) => {
 *   await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(event) })) // all of it, data too
 * })
 * ```
 *
 * It understands REST and HTTP APIs (payload format 1.0 and 2.0), application load balancers with and without
 * multi-value headers, and function URLs, and undoes the body's Content-Encoding. A function that returns nothing answers with an empty 200. It is not called
 * for a delivery that does not verify: that is answered with the error's HTTP status and `{"error": code}`, other
 * methods than POST with 405, and larger bodies than `maxBody` with 413.
 */
export function webhookHandler<E, C = unknown, I extends HttpInvocation = HttpInvocation>(
  webhook: Verifier<E>,
  handler: (event: E, context: C, invocation: I) => HttpResult | void | Promise<HttpResult | void>,
  options?: AdapterOptions,
): (invocation: I, context: C) => Promise<HttpResult>
