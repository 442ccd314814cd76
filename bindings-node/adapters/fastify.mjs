export { webhookRoute } from './fastify.js'
