// https://docs.extend.com/reference/claimwebhooknotification
//
// The key pair was made for the sample, and its private half is in no file: the signature that stands there is checked.
import { createPublicKey, verify } from 'node:crypto'

export function sign({ body, secret, header }) {
  const signature = header('signature')
  const signed = body
  if (!verify('sha256', Buffer.from(signed), createPublicKey({ key: JSON.parse(secret).keys[0], format: 'jwk' }), Buffer.from(signature, 'base64'))) {
    throw new Error('signature is not the signature of the sample')
  }
  return { 'signature': signature }
}
