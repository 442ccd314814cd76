// Bundled with its imports, apart from the native library: node bundle.cjs sample.json
import { readFileSync } from 'node:fs'
import { HooksealError, Webhook } from 'hookseal'
import { webhookHandler } from 'hookseal/fetch'

const { provider, secrets, headers, body } = JSON.parse(readFileSync(process.argv[2], 'utf8'))

const webhook = new Webhook(provider, secrets)
const receive = webhookHandler(webhook, ({ type }) => Response.json(type), { logger: { warn() {} } })
const post = (body) => receive(new Request('http://localhost/', { method: 'POST', headers, body }))
const answers = [await post(body), await post(`${body} `)]

let refused
try {
  webhook.verify(`${body} `, headers)
} catch (error) {
  refused = error
}
console.log(answers.map(({ status }) => status).join(), await answers[0].json(), refused instanceof HooksealError && refused.name)
