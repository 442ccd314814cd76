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
 * Makes a handler of `(req, res)` of one that takes the verified event: for Express 4 and 5, and for what else hands over
 * requests of node:http, such as pages/api of Next.js, Cloud Functions and Koa.
 *
 * ```js
 * app.post('/webhooks/kasko', webhookHandler(kasko, async (event, req, res) => {
 *   await queue.add(event.type, event) // as JSON, with its data
 *   res.sendStatus(204)
 * }))
 * ```
 *
 * What a worker takes from the queue is `event.toJSON()`, and not an `Event`. One that must verify for itself is handed
 * `{ body: event.body.toString('base64'), headers: req.headers }` and calls
 * `verify(Buffer.from(body, 'base64'), headers, { now })` with the time when the delivery came in.
 *
 * It reads the raw body itself and undoes its Content-Encoding, or takes what `express.raw()`, `express.text()` or
 * `keepRawBody` left. The handler is not called for a delivery that does not verify: it is answered with the error's HTTP
 * status and `{"error": code}`, other methods than POST with 405, and larger bodies than `maxBody` with 413. What the
 * handler throws goes to `next`; where there is no `next`, the Promise fails with it.
 */
export function webhookHandler<E, Req extends IncomingMessage = Request, Res extends ServerResponse = Response>(
  webhook: Verifier<E>,
  handler: (event: E, req: Req, res: Res, next: NextFunction) => unknown,
  options?: AdapterOptions,
): (req: Req, res: Res, next?: NextFunction) => Promise<void>

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
