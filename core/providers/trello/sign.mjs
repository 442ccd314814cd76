// https://developer.atlassian.com/cloud/trello/guides/rest-api/webhooks/
import { createHmac } from 'node:crypto'

export function sign({ body, secret, constants }) {
  return { 'X-Trello-Webhook': createHmac('sha1', secret).update(body + constants.callback_url).digest('base64') }
}
