// Handlers for AWS Lambda, invoked with the event that an HTTP API makes of a request. The request is on standard
// input: { path, headers, body (base64), binary }.
import { text } from 'node:stream/consumers'
import { inHand } from './answer.mjs'

const handlers = {
  // Forgets that the event says whether its body is base64.
  '/body': (event) => inHand(event.body, event.headers),
  '/decoded': (event) => inHand(Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8'), event.headers),
  '/url': (event) => inHand(event.body, event.headers, `https://${event.headers.host}${event.requestContext.http.path}?${event.rawQueryString}`),
  '/stringify': (event) => inHand(JSON.stringify(JSON.parse(event.body)), event.headers)
}

const { path, headers, body, binary, stage = '', target = '/webhooks' } = JSON.parse(await text(process.stdin))
const bytes = Buffer.from(body, 'base64')
const joined = {}
for (const [name, value] of headers) {
  const key = name.toLowerCase()
  joined[key] = key in joined ? `${joined[key]},${value}` : value
}
const event = {
  version: '2.0',
  routeKey: 'POST /webhooks',
  rawPath: stage + target.split('?')[0],
  rawQueryString: target.split('?')[1] ?? '',
  headers: { ...joined, 'content-length': String(bytes.length), host: 'hooks.example.com' },
  requestContext: { http: { method: 'POST', path: stage + target.split('?')[0], protocol: 'HTTP/1.1' } },
  body: bytes.toString(binary ? 'base64' : 'utf8'),
  isBase64Encoded: binary
}
console.log(JSON.stringify(handlers[path](event)))
