// https://plaid.com/docs/api/webhooks/webhook-verification/
//
// The key pair was made for the sample, and its private half is in no file: the signature that stands there is checked.
import { createHash, createPublicKey, verify } from 'node:crypto'

export function sign({ body, secret, header }) {
  const token = header('Plaid-Verification')
  const [head, claims, signature] = token.split('.')
  const key = createPublicKey({ key: JSON.parse(secret).keys[0], format: 'jwk' })
  const signed = Buffer.from(`${head}.${claims}`)
  const hash = JSON.parse(Buffer.from(claims, 'base64url')).request_body_sha256
  const isRight = verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))
  if (!isRight || hash !== createHash('sha256').update(body).digest('hex')) throw new Error('it is not the sample that was signed')
  return { 'Plaid-Verification': token }
}
