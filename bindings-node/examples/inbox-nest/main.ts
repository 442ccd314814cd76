// Stores the webhooks of KASKO, for a worker as that of inbox-express: DATABASE_URL=… KASKO_SECRET=… npm start
import 'reflect-metadata'
import { Controller, HttpCode, Module, Post, UseGuards } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { Webhook } from 'hookseal'
import { Inbox } from 'hookseal/inbox'
import { WebhookGuard } from 'hookseal/nest'
import pg from 'pg'

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL })
const inbox = new Inbox(pool, { webhook: new Webhook('kasko', process.env.KASKO_SECRET ?? '') })

@Controller('webhooks')
class WebhookController {
  @Post('kasko')
  @HttpCode(204)
  @UseGuards(new WebhookGuard(inbox)) // lets through what is stored
  stored(): void {}
}

@Module({ controllers: [WebhookController] })
class AppModule {}

await inbox.migrate() // makes the tables, unless they are there
const app = await NestFactory.create(AppModule, { rawBody: true, logger: ['warn', 'error'] })
await app.listen(process.env.PORT ?? 3000, 'localhost')
console.log(`listening on ${await app.getUrl()}`)
