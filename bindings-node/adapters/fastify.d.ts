import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { AdapterOptions, InboxAdapterOptions, Store, Verifier } from './receiver.js'

export type { Acknowledge, AdapterOptions, InboxAdapterOptions, Logger, Store } from './receiver.js'

/**
 * Makes a Fastify 5 plugin that receives deliveries at `url`.
 *
 * ```js
 * app.register(webhookRoute('/webhooks/kasko', kasko, async (event, request, reply) => {
 *   await queue.add(event.type, event) // as JSON, with its data
 *   reply.code(204)
 * }))
 * ```
 *
 * The plugin reads bodies as bytes in its own scope only: the parsers of the app stay as they are. It undoes the body's
 * Content-Encoding.
 *
 * Your handler's return value is the payload of the response, and nothing is an empty one; return `reply` after sending
 * through it. Your handler is not called for a delivery that does not verify: the response is then the error's HTTP
 * status with `{"error": code}`. Bodies larger than `maxBody` get 413. Refused deliveries are logged with the app's
 * logger. For senders that first ask whether the endpoint is yours, the plugin answers GET too.
 */
export function webhookRoute<E>(
  url: string,
  webhook: Verifier<E>,
  handler: (event: E, request: FastifyRequest, reply: FastifyReply) => unknown,
  options?: AdapterOptions,
): FastifyPluginAsync

/**
 * Makes a Fastify 5 plugin that stores the deliveries at `url` in an inbox, for a `Worker` of `hookseal/inbox` to handle.
 *
 * ```js
 * app.register(webhookRoute('/webhooks/kasko', inbox))
 * ```
 *
 * The response is 204 once the delivery is durable, else the error's HTTP status with `{"error": code}`, and with
 * `Retry-After` where the sender should come again.
 */
export function webhookRoute(url: string, inbox: Store, options?: InboxAdapterOptions): FastifyPluginAsync
