import type { CanActivate, ExecutionContext } from '@nestjs/common'
import { HttpException } from '@nestjs/common'
import type { AdapterOptions, Verifier } from './receiver.js'

export type { Acknowledge, AdapterOptions, Logger } from './receiver.js'

/**
 * Lets only deliveries that verify reach a handler of Nest, on Express or Fastify. The app must keep the raw body:
 * `NestFactory.create(AppModule, { rawBody: true })`.
 *
 * ```ts
 * @Post('webhooks/kasko')
 * @HttpCode(204)
 * @UseGuards(new WebhookGuard(kasko))
 * received(@WebhookEvent() event: EventOf<'kasko'>) {}
 * ```
 *
 * A guard that takes its secret from other providers is a class of its own that extends this one.
 *
 * Other deliveries are answered with the error's HTTP status and `{"error": code}`, and larger bodies than `maxBody`
 * with 413. Bodies of more than 100 kB need `app.useBodyParser('json', { limit: kasko.maxBody })` too. On Fastify, register
 * `@fastify/compress` where a provider compresses what it sends. Nest's logger is told.
 */
export class WebhookGuard implements CanActivate {
  constructor(webhook: Verifier<unknown>, options?: AdapterOptions)
  canActivate(context: ExecutionContext): Promise<true>
}

/** The parameter that is the verified event, behind a `WebhookGuard`. */
export const WebhookEvent: () => ParameterDecorator

/** What a `WebhookGuard` throws to answer without calling the handler, for exception filters to let pass. */
export class WebhookAnswer extends HttpException {
  private constructor()
}
