// What a sender is to send.
import { readFileSync } from 'node:fs'

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'))
const secrets = read('secrets.json')

/** The time of every delivery that has one. */
export const now = 1_760_000_000

const providerOf = (name) => Object.keys(secrets).find((provider) => name.startsWith(provider)) ?? 'standard-webhooks'

/** The deliveries of one sender, by name. */
export function inputs(by) {
  return Object.entries(read('deliveries.json'))
    .filter(([, delivery]) => delivery.by === by)
    .map(([name, delivery]) => {
      const provider = providerOf(name)
      return [name, { ...delivery, provider, secret: secrets[provider], payload: read(`payloads/${delivery.payload}.json`) }]
    })
}
