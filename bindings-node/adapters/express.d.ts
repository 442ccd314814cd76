import type { IncomingMessage, ServerResponse } from 'node:http'
import type { NextFunction, Request, Response } from 'express'
import type { Event } from '../index.js'
import type { AdapterOptions, InboxAdapterOptions, Store, Verifier } from './receiver.js'

export type { Acknowledge, AdapterOptions, InboxAdapterOptions, Logger, Store } from './receiver.js'

declare global {
  namespace Express {
    interface Request {
      /** The verified event, set by `webhookMiddleware` of hookseal. */
      webhookEvent?: Event
    }
  }
}

/**
 * Makes a handler of `(req, res)` from one that takes the verified event. It is for Express 4 and 5, and for everything
 * else that passes requests of node:http, such as pages/api of Next.js, Cloud Functions and Koa.
 *
 * ```js
 * app.post('/webhooks/kasko', webhookHandler(kasko, async (event, req, res) => {
 *   await queue.add(event.type, event) // as JSON, with its data
 *   res.sendStatus(204)
 * }))
 * ```
 *
 * A worker gets `event.toJSON()` from the queue, not an `Event`. To verify in the worker instead, queue
 * `{ body: event.body.toString('base64'), headers: req.headers }` and call
 * `verify(Buffer.from(body, 'base64'), headers, { now })` with the time at which the delivery arrived.
 *
 * It passes the method and the path and query to senders that sign them: `Webhook`'s option `origin` says what stands
 * before.
 *
 * It reads the raw body itself and undoes its Content-Encoding, or uses what `express.raw()`, `express.text()` or
 * `keepRawBody` left.
 *
 * Your handler is not called for a delivery that does not verify: the response is then the error's HTTP status with
 * `{"error": code}`. Methods other than POST get 405, and bodies larger than `maxBody` get 413. An error that your
 * handler throws goes to `next`; without a `next`, the Promise is rejected with it.
 *
 * Senders that first ask whether the endpoint is yours are answered; for those that ask by GET, mount it with `app.all`.
 */
export function webhookHandler<E, Req extends IncomingMessage = Request, Res extends ServerResponse = Response>(
  webhook: Verifier<E>,
  handler: (event: E, req: Req, res: Res, next: NextFunction) => unknown,
  options?: AdapterOptions,
): (req: Req, res: Res, next?: NextFunction) => Promise<void>

/**
 * Makes a handler of `(req, res)` that stores deliveries in an inbox, for a `Worker` of `hookseal/inbox` to handle.
 *
 * ```js
 * app.post('/webhooks/kasko', webhookHandler(inbox))
 * ```
 *
 * The response is 204 once the delivery is durable, else the error's HTTP status with `{"error": code}`, and with
 * `Retry-After` where the sender should come again.
 */
export function webhookHandler(
  inbox: Store,
  options?: InboxAdapterOptions,
): (req: IncomingMessage, res: ServerResponse, next?: NextFunction) => Promise<void>

/**
 * Makes a middleware that works as `webhookHandler` does, and leaves the verified event in `req.webhookEvent` for the
 * next handler.
 */
export function webhookMiddleware(
  webhook: Verifier<Event>,
  options?: AdapterOptions,
): (req: Request, res: Response, next: NextFunction) => Promise<void>

/**
 * Keeps the bytes of a body in `req.rawBody`, for a webhook behind a body parser:
 * `app.use(express.json({ verify: keepRawBody }))`.
 */
export function keepRawBody(req: IncomingMessage, res: ServerResponse, body: Buffer): void
