// https://github.com/discord/discord-api-docs/blob/HEAD/developers/interactions/overview.mdx
//
// The key pair was made for the sample, and its private half is in no file: the signature that stands there is checked.
import { createPublicKey, verify } from 'node:crypto'

const key = (jwk) => createPublicKey({ key: jwk, format: 'jwk' })

export function sign({ body, secret, header }) {
  const signature = header('X-Signature-Ed25519')
  const signed = header('X-Signature-Timestamp') + body
  if (!verify(null, Buffer.from(signed), key({ kty: 'OKP', crv: 'Ed25519', x: Buffer.from(secret, 'hex').toString('base64url') }), Buffer.from(signature, 'hex'))) {
    throw new Error('X-Signature-Ed25519 is not the signature of the sample')
  }
  return { 'X-Signature-Ed25519': signature }
}
