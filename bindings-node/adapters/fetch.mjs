export { webhookHandler } from './fetch.js'
