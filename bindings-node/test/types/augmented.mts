// A type of event that is not documented, added by its user.

import { Webhook } from 'hookseal'

declare module 'hookseal' {
  namespace kasko {
    interface Payloads {
      'policy.suspended': { until: string }
    }
  }
}

export function suspended(): string | null | undefined {
  const event = new Webhook('kasko', 's').verify('{}', 's')
  if (event.type === 'policy.suspended') return event.data.until
  if (event.type === 'policy.created') return event.data.policy_id
  return undefined
}
