// https://developer.okta.com/docs/concepts/event-hooks/: the text itself.
export function sign({ secret }) {
  return { Authorization: secret }
}
