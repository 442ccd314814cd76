// https://www.chargebee.com/docs/webhook_settings.html: HTTP's Basic credentials.
export function sign({ secret }) {
  return { Authorization: 'Basic ' + Buffer.from(secret).toString('base64') }
}
