// As TypeScript looks for modules where `moduleResolution` is `node10`, which is what older projects of Nest have.
import { webhookHandler as lambdaHandler } from 'hookseal/aws-lambda'
import { webhookHandler } from 'hookseal/express'
import { webhookRoute } from 'hookseal/fastify'
import { webhookHandler as fetchHandler } from 'hookseal/fetch'
import { Webhook, type kasko } from 'hookseal'
import { WebhookEvent, WebhookGuard } from 'hookseal/nest'

const webhook = new Webhook('kasko', 'secret')

export const made = [
  new WebhookGuard(webhook),
  WebhookEvent(),
  webhookRoute('/', webhook, () => {}),
  fetchHandler(webhook, () => {}),
  lambdaHandler(webhook, () => {}),
  webhookHandler(webhook, (event) => {
    if (event.type !== 'policy.created') return
    const policy: kasko.Policy = event.data
    // @ts-expect-error: a policy has no such field
    policy.premium
  })
]

// @ts-expect-error: there is no such module
export * from 'hookseal/other'
