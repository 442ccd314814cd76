// https://github.com/team-telnyx/telnyx-python/blob/HEAD/src/telnyx/lib/webhook_verification.py
//
// The key pair was made for the sample, and its private half is in no file: the signature that stands there is checked.
import { createPublicKey, verify } from 'node:crypto'

const key = (jwk) => createPublicKey({ key: jwk, format: 'jwk' })

export function sign({ body, secret, header }) {
  const signature = header('telnyx-signature-ed25519')
  const signed = header('telnyx-timestamp') + '|' + body
  if (!verify(null, Buffer.from(signed), key({ kty: 'OKP', crv: 'Ed25519', x: Buffer.from(secret, 'base64').toString('base64url') }), Buffer.from(signature, 'base64'))) {
    throw new Error('telnyx-signature-ed25519 is not the signature of the sample')
  }
  return { 'telnyx-signature-ed25519': signature }
}
