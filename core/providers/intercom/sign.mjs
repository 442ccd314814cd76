// https://developers.intercom.com/intercom-api-reference/v1.0/reference/signed-notifications
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'X-Hub-Signature': 'sha1=' + createHmac('sha1', secret).update(body).digest('hex') }
}
