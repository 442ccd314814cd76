// Receives the webhooks of KASKO in Cloudflare Workers.
import { Webhook } from 'hookseal'
import { webhookHandler } from 'hookseal/fetch'

let receive

export default {
  fetch(request, env) {
    receive ??= webhookHandler(new Webhook('kasko', env.KASKO_SECRET), (event) => {
      if (event.type === 'policy.created') console.log(`policy ${event.data.policy_id}`)
    })
    return receive(request)
  }
}
