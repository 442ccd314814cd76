import type { CanActivate, ExecutionContext } from '@nestjs/common'
import { HttpException } from '@nestjs/common'
import type { AdapterOptions, InboxAdapterOptions, Store, Verifier } from './receiver.js'

export type { Acknowledge, AdapterOptions, InboxAdapterOptions, Logger, Store } from './receiver.js'

/**
 * A guard that lets only deliveries that verify reach a handler of Nest, on Express or Fastify. The app must keep the
 * raw body: `NestFactory.create(AppModule, { rawBody: true })`.
 *
 * ```ts
 * @Post('webhooks/kasko')
 * @HttpCode(204)
 * @UseGuards(new WebhookGuard(kasko))
 * received(@WebhookEvent() event: EventOf<'kasko'>) {}
 * ```
 *
 * To inject the secret from other providers, write a class that extends this one.
 *
 * For other deliveries the response is the error's HTTP status with `{"error": code}`, and for bodies larger than
 * `maxBody` it is 413. To accept bodies of more than 100 kB, call `app.useBodyParser('json', { limit: kasko.maxBody })`
 * too. On Fastify, register `@fastify/compress` if a provider compresses what it sends. Refused deliveries are logged
 * with Nest's logger. Senders that first ask whether the endpoint is yours are answered; for those that ask by GET, decorate
 * the handler with `@All` in place of `@Post`.
 */
export class WebhookGuard implements CanActivate {
  constructor(webhook: Verifier<unknown>, options?: AdapterOptions)
  /**
   * Stores each delivery in an inbox before it lets it reach the handler, which then has nothing to do but to respond: a
   * `Worker` of `hookseal/inbox` handles it.
   */
  constructor(inbox: Store, options?: InboxAdapterOptions)
  canActivate(context: ExecutionContext): Promise<true>
}

/** A parameter decorator for the verified event, behind a `WebhookGuard`. */
export const WebhookEvent: () => ParameterDecorator

/**
 * The exception that a `WebhookGuard` throws to respond without calling the handler. Exception filters must let it
 * pass.
 */
export class WebhookAnswer extends HttpException {
  private constructor()
}
