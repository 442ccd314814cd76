export { WebhookAnswer, WebhookEvent, WebhookGuard } from './nest.js'
