// Node's own http server.
import { createServer } from 'node:http'
import { inHand, ready } from './answer.mjs'

const pairs = (raw) => Array.from({ length: raw.length / 2 }, (_, at) => raw.slice(2 * at, 2 * at + 2))

async function bytes(req) {
  const chunks = []
  for await (const chunk of req) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const handlers = {
  // Everything as it came.
  '/raw': async (req) => inHand(await bytes(req), pairs(req.rawHeaders)),
  // `req.headers`: names in lower case, what came twice joined.
  '/headers': async (req) => inHand(await bytes(req), req.headers),
  // Each chunk becomes a string by itself, and a character that two of them share is lost. It says when it has the first.
  '/concat': async (req, res) => {
    let body = ''
    for await (const chunk of req) {
      if (body === '') res.writeProcessing()
      body += chunk
    }
    return inHand(body, req.headers)
  },
  '/latin1': async (req) => inHand((await bytes(req)).toString('latin1'), req.headers)
}

const server = createServer(async (req, res) => res.end(JSON.stringify(await handlers[req.url](req, res))))
server.listen(0, '127.0.0.1', () => ready(server))
