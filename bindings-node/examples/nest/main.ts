// Receives the webhooks of KASKO: KASKO_SECRET=… npm start
import 'reflect-metadata'
import { Controller, HttpCode, Module, Post, UseGuards } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { type EventOf, Webhook } from 'hookseal'
import { WebhookEvent, WebhookGuard } from 'hookseal/nest'

const kasko = new Webhook('kasko', process.env.KASKO_SECRET ?? '')

@Controller('webhooks')
class WebhookController {
  @Post('kasko')
  @HttpCode(204)
  @UseGuards(new WebhookGuard(kasko))
  received(@WebhookEvent() event: EventOf<'kasko'>): void {
    if (event.type === 'policy.created') console.log(`policy ${event.data.policy_id} of ${event.data.last_name}`)
  }
}

@Module({ controllers: [WebhookController] })
class AppModule {}

const app = await NestFactory.create(AppModule, { rawBody: true, logger: ['warn', 'error'] })
await app.listen(process.env.PORT ?? 3000, 'localhost')
console.log(`listening on ${await app.getUrl()}`)
