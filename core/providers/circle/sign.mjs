// https://developers.circle.com/api-reference/verify-webhook-signatures
//
// The key pair was made for the sample, and its private half is in no file: the signature that stands there is checked.
import { createPublicKey, verify } from 'node:crypto'

export function sign({ body, secret, header }) {
  const signature = header('X-Circle-Signature')
  const signed = body
  if (!verify('sha256', Buffer.from(signed), createPublicKey({ key: Buffer.from(secret, 'base64'), format: 'der', type: 'spki' }), Buffer.from(signature, 'base64'))) {
    throw new Error('X-Circle-Signature is not the signature of the sample')
  }
  return { 'X-Circle-Signature': signature }
}
