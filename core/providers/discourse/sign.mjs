// https://github.com/discourse/discourse/blob/HEAD/app/jobs/regular/emit_web_hook_event.rb
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'X-Discourse-Event-Signature': 'sha256=' + createHmac('sha256', secret).update(body).digest('hex') }
}
