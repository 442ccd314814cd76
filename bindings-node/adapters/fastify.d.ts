import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { AdapterOptions, Verifier } from './receiver.js'

export type { Acknowledge, AdapterOptions, Logger } from './receiver.js'

/**
 * Makes a plugin of Fastify 5 that receives deliveries at `url`.
 *
 * ```js
 * app.register(webhookRoute('/webhooks/kasko', kasko, async (event, request, reply) => {
 *   await queue.add(event.type, event) // as JSON, with its data
 *   reply.code(204)
 * }))
 * ```
 *
 * Bodies are bytes in the plugin's own scope alone: the parsers of the app stay as they are. Content-Encoding is undone. What the handler returns
 * is the payload, and nothing stands for an empty one; return `reply` after sending through it. It is not called for a
 * delivery that does not verify: that is answered with the error's HTTP status and `{"error": code}`, and larger
 * bodies than `maxBody` with 413. The app's logger is told.
 */
export function webhookRoute<E>(
  url: string,
  webhook: Verifier<E>,
  handler: (event: E, request: FastifyRequest, reply: FastifyReply) => unknown,
  options?: AdapterOptions,
): FastifyPluginAsync
