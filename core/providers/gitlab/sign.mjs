// https://github.com/gitlabhq/gitlabhq/blob/HEAD/doc/user/project/integrations/webhooks.md: the token itself.
export function sign({ secret }) {
  return { 'X-Gitlab-Token': secret }
}
