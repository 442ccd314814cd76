import * as small from 'hookseal'
import * as explain from 'hookseal/explain'
import * as keys from 'hookseal/public-keys'
import { run } from '../cases.mjs'

const libraries = { explain, keys, small }

export default {
  async fetch(request) {
    const library = libraries[new URL(request.url).pathname.slice(1)]
    return Response.json(run(library, await request.json()))
  }
}
