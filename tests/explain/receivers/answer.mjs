// What the receivers in JavaScript share: they answer with what they would have verified.
import { createRequire } from 'node:module'

/** Loads the frameworks from where they are installed. */
export const load = createRequire(`${process.env.CORPUS_BUILD}/`)

/** The body, the headers and the URL, if it looks at that, as the handler has them in hand. */
export const inHand = (body, headers, url) => ({
  body: Buffer.from(body).toString('base64'),
  headers: Array.isArray(headers) ? headers : Object.entries(headers),
  url
})

/** Tells the corpus where the server listens. */
export const ready = (server) => console.log(`port ${server.address().port}`)
