export { keepRawBody, webhookHandler, webhookMiddleware } from './express.js'
