export * from './aws-lambda.js'
