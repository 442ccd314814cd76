import { Controller, Injectable, Post, UseGuards } from '@nestjs/common'
import { type EventOf, Webhook } from 'hookseal'
import { WebhookAnswer, WebhookEvent, WebhookGuard } from 'hookseal/nest'

@Injectable()
export class KaskoGuard extends WebhookGuard {
  constructor() {
    super(new Webhook('kasko', 'secret'), { acknowledge: 'none' })
  }
}

@Controller()
export class WebhookController {
  @Post('kasko')
  @UseGuards(KaskoGuard)
  kasko(@WebhookEvent() event: EventOf<'kasko'>): string | null | undefined {
    return event.type === 'offer.created' ? event.data.payment_token : undefined
  }

  @Post('stripe')
  @UseGuards(new WebhookGuard(new Webhook('stripe', 'secret')))
  stripe(@WebhookEvent() event: EventOf<'stripe'>): string {
    return event.type
  }
}

export const status = (error: unknown): number => (error instanceof WebhookAnswer ? error.getStatus() : 500)
// @ts-expect-error: only a guard makes one
new WebhookAnswer()
