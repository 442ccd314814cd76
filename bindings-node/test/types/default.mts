// The default import of ESM.

import hookseal, { Webhook } from 'hookseal'

export const same: typeof Webhook = hookseal.Webhook
