import { type kasko, Webhook } from 'hookseal'

const webhook = new Webhook('kasko', 'whsec_test')

export function policyOf(body: Buffer, headers: Headers): kasko.Policy | undefined {
  const event = webhook.verify(body, headers)
  switch (event.type) {
    case 'policy.created':
    case 'policy.updated':
      return event.data
    default: {
      const type: string = event.type
      console.log(`${type} is not handled`)
      return undefined
    }
  }
}
