// https://fal.ai/docs/documentation/model-apis/inference/webhooks.md
//
// The key pair was made for the sample, and its private half is in no file: the signature that stands there is checked.
import { createHash, createPublicKey, verify } from 'node:crypto'

const key = (jwk) => createPublicKey({ key: jwk, format: 'jwk' })

export function sign({ body, secret, header }) {
  const signature = header('X-Fal-Webhook-Signature')
  const signed = [header('X-Fal-Webhook-Request-Id'), header('X-Fal-Webhook-User-Id'), header('X-Fal-Webhook-Timestamp'), createHash('sha256').update(body).digest('hex')].join('\n')
  if (!verify(null, Buffer.from(signed), key({ kty: 'OKP', crv: 'Ed25519', x: Buffer.from(secret, 'hex').toString('base64url') }), Buffer.from(signature, 'hex'))) {
    throw new Error('X-Fal-Webhook-Signature is not the signature of the sample')
  }
  return { 'X-Fal-Webhook-Signature': signature }
}
