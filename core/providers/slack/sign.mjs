// https://docs.slack.dev/authentication/verifying-requests-from-slack/
import { createHmac } from 'node:crypto'

export function sign({ body, secret, header }) {
  const content = `v0:${header('x-slack-request-timestamp')}:${body}`
  return { 'X-Slack-Signature': 'v0=' + createHmac('sha256', secret).update(content).digest('hex') }
}
