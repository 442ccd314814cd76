// https://support.atlassian.com/bitbucket-cloud/docs/manage-webhooks/
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'X-Hub-Signature': 'sha256=' + createHmac('sha256', secret).update(body).digest('hex') }
}
