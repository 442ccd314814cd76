export { webhookHandler } from './aws-lambda.js'
