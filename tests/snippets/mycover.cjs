// MyCover.ai's documented Node code, https://docs.mycover.ai/services/webhooks/preliminary: answers each body with the
// signature that a receiver computes.
const { answerFrames } = require('../oracle/frames.cjs')

// What the documentation takes for granted: Express has parsed the body.
const parsed = (body) => ({ body: JSON.parse(body.toString('utf8')) })

answerFrames((body) => {
  const req = parsed(body)
  // From here to the end of the function, as documented.
  const crypto = require("crypto");
  const secretKey = 'MCASECK|49939d32-f649-4de4-ab35-51060ca292f9';
  const signature = crypto
  .createHmac("sha512", secretKey)
  .update(JSON.stringify(req.body))
  .digest("hex");
  return signature
})
