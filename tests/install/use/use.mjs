// Verifies the sample delivery that the argument names, and prints its event's type.
import { readFileSync } from 'node:fs'
import { Webhook } from 'hookseal'

const { provider, secrets, headers, body } = JSON.parse(readFileSync(process.argv[2], 'utf8'))
console.log(new Webhook(provider, secrets).verify(body, headers).type)
