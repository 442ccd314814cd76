// https://developers.cloudflare.com/notifications/reference/webhook-payload-schema/: the secret itself.
export function sign({ secret }) {
  return { 'cf-webhook-auth': secret }
}
