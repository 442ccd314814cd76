// https://developers.fireblocks.com/reference/validating-webhooks
//
// The key pair was made for the sample, and its private half is in no file: the signature that stands there is checked.
import { createPublicKey, verify } from 'node:crypto'

export function sign({ body, secret, header }) {
  const token = header('Fireblocks-Webhook-Signature')
  const [head, , signature] = token.split('.')
  const key = createPublicKey({ key: JSON.parse(secret).keys[0], format: 'jwk' })
  const signed = Buffer.from(`${head}.${Buffer.from(body).toString('base64url')}`)
  if (!verify('sha512', signed, key, Buffer.from(signature, 'base64url'))) throw new Error('it is not the sample that was signed')
  return { 'Fireblocks-Webhook-Signature': token }
}
