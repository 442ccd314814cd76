// https://github.com/awsdocs/amazon-sns-developer-guide/blob/HEAD/doc_source/sns-verify-signature-of-message.md
//
// The signature stands in the body: what stands there is checked. The key pair was made for the sample, and its private half
// is in no file.
import { verify } from 'node:crypto'

const NAMES = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']

export function sign({ body, secret }) {
  const message = JSON.parse(body)
  const signed = NAMES.map((name) => `${name}\n${message[name]}\n`).join('')
  if (!verify('sha256', Buffer.from(signed), secret, Buffer.from(message.Signature, 'base64'))) throw new Error('the signature in the body is wrong')
  return {}
}
