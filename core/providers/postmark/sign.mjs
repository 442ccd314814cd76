// https://postmarkapp.com/developer/webhooks/webhooks-overview: HTTP's Basic credentials.
export function sign({ secret }) {
  return { Authorization: 'Basic ' + Buffer.from(secret).toString('base64') }
}
