// https://github.com/twitchdev/twitch-cli/blob/HEAD/internal/events/trigger/forward_event.go
import { createHmac } from 'node:crypto'

export function sign({ body, secret, header }) {
  const content = header('twitch-eventsub-message-id') + header('twitch-eventsub-message-timestamp') + body
  return { 'Twitch-Eventsub-Message-Signature': 'sha256=' + createHmac('sha256', secret).update(content).digest('hex') }
}
