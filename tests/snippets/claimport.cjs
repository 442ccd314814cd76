// ClaimPort's documented Node code, https://claimport.io/help/api/webhooks: answers each body with its signature.
const { answerFrames } = require('../oracle/frames.cjs')

const webhookSecret = 'whsec_claimport_5c2f0a9d'

answerFrames((payload) => {
  // From here to the end of the function, as documented.
  const crypto = require('crypto');
  const signature = crypto
    .createHmac('sha256', webhookSecret)
    .update(payload)
    .digest('hex');
  return signature
})
