import lambda = require('hookseal/aws-lambda')
import express = require('hookseal/express')
import fastify = require('hookseal/fastify')
import fetch = require('hookseal/fetch')
import hookseal = require('hookseal')
import nest = require('hookseal/nest')

const webhook = new hookseal.Webhook('github', 'secret')
const options: lambda.AdapterOptions & express.AdapterOptions & fastify.AdapterOptions = { maxBody: 1 }

export const made = [
  express.webhookMiddleware(webhook, options),
  fastify.webhookRoute('/', webhook, () => {}),
  fetch.webhookHandler(webhook, () => {}),
  lambda.webhookHandler(webhook, () => {}),
  new nest.WebhookGuard(webhook)
]
