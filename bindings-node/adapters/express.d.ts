import type { IncomingMessage, ServerResponse } from 'node:http'
import type { NextFunction, Request, Response } from 'express'
import type { Event } from '../index.js'
import type { AdapterOptions, Verifier } from './receiver.js'

export type { Acknowledge, AdapterOptions, Logger } from './receiver.js'

declare global {
  namespace Express {
    interface Request {
      /** The verified event, behind `webhookMiddleware` of hookseal. */
      webhookEvent?: Event
    }
  }
}

/**
 * Makes a handler of Express 4 and 5 of one that takes the verified event.
 *
 * ```js
 * app.post('/webhooks/kasko', webhookHandler(kasko, async (event, req, res) => {
 *   await queue.add(event)
 *   res.sendStatus(204)
 * }))
 * ```
 *
 * It reads the raw body itself, or takes what `express.raw()`, `express.text()` or `keepRawBody` left. The handler is
 * not called for a delivery that does not verify: it is answered with the error's HTTP status and
 * `{"error": code}`, other methods than POST with 405, and larger bodies than `maxBody` with 413. What the handler
 * throws goes to `next`.
 */
export function webhookHandler<E>(
  webhook: Verifier<E>,
  handler: (event: E, req: Request, res: Response, next: NextFunction) => unknown,
  options?: AdapterOptions,
): (req: Request, res: Response, next: NextFunction) => Promise<void>

/** Does what `webhookHandler` does, and leaves the verified event in `req.webhookEvent` for the next handler. */
export function webhookMiddleware(
  webhook: Verifier<Event>,
  options?: AdapterOptions,
): (req: Request, res: Response, next: NextFunction) => Promise<void>

/**
 * Keeps the bytes of a body in `req.rawBody`, for a webhook that a parser stands before:
 * `app.use(express.json({ verify: keepRawBody }))`.
 */
export function keepRawBody(req: IncomingMessage, res: ServerResponse, body: Buffer): void
