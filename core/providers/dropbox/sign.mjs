// https://github.com/dropbox/mdwebhook/blob/HEAD/app.py
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'X-Dropbox-Signature': createHmac('sha256', secret).update(body).digest('hex') }
}
