// https://docs.qoala.app/reference/policy-status-notification: the key itself.
export function sign({ secret }) {
  return { 'x-api-key': secret }
}
