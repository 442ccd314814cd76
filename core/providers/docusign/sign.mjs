// https://www.docusign.com/blog/developers/manually-authenticating-hmac-signatures-docusign-connect-webhook-configurations
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'X-DocuSign-Signature-1': createHmac('sha256', secret).update(body).digest('base64') }
}
