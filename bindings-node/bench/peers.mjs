// What others verify with. It is copied to where they are installed.
export { verify as verifyOctokit } from '@octokit/webhooks-methods'
export { Webhook as StandardWebhook } from 'standardwebhooks'
export { default as Stripe } from 'stripe'
export { Webhook as SvixWebhook } from 'svix'
