import type {
  ALBHandler,
  APIGatewayProxyEventV2,
  APIGatewayProxyHandler,
  APIGatewayProxyHandlerV2,
  Context,
  LambdaFunctionURLHandler
} from 'aws-lambda'
import { Webhook } from 'hookseal'
import { webhookHandler } from 'hookseal/aws-lambda'

const claimport = new Webhook('claimport', 'secret')

const handler = webhookHandler(claimport, (event) => {
  if (event.type === 'claim.created') event.data.claim
})

export const rest: APIGatewayProxyHandler = handler
export const http: APIGatewayProxyHandlerV2 = handler
export const url: LambdaFunctionURLHandler = handler
export const alb: ALBHandler = handler

export const own = webhookHandler(claimport, async (event, context: Context, invocation: APIGatewayProxyEventV2) => {
  return { statusCode: 202, headers: { 'x-request': context.awsRequestId }, body: invocation.rawPath + event.id }
})
export const typed: APIGatewayProxyHandlerV2 = own

// @ts-expect-error: a number is no answer
webhookHandler(claimport, () => 200)
