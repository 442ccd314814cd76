// Receives the webhooks of MyCover.ai.
import { Webhook } from 'hookseal'
import { webhookHandler } from 'hookseal/fetch'

let receive

// The secret is there when the app runs, and not when it is built.
export function POST(request) {
  receive ??= webhookHandler(new Webhook('mycover', process.env.MYCOVER_API_KEY), (event) => {
    console.log(`${event.type} ${event.data.id ?? event.id}`)
  })
  return receive(request)
}
