// CommonJS, by `require` and by `import`.

import hookseal = require('hookseal')
import { Webhook, type claimport } from 'hookseal'

const webhook: hookseal.Webhook<'claimport'> = new Webhook('claimport', 's')

export function created(): claimport.ClaimData | undefined {
  const event = webhook.verify('{}', 's')
  if (event.type !== 'claim.created') return undefined
  // @ts-expect-error -- no such field
  event.data.nothing
  return event.data
}
