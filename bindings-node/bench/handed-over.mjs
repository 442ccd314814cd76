// What frameworks hand over as a request's headers.
import { once } from 'node:events'
import { createServer, request } from 'node:http'

/** What a request has beside the headers that its provider signs with, as behind a CDN and a load balancer. */
export const ORDINARY = {
  host: 'hooks.example.com',
  'user-agent': 'ClaimPort-Webhooks/1.0',
  'content-type': 'application/json',
  accept: '*/*',
  'accept-encoding': 'gzip, deflate, br',
  'x-forwarded-for': '203.0.113.7',
  'x-forwarded-proto': 'https',
  'x-forwarded-port': '443',
  'x-request-id': '7b0c3f0e-5f1e-4a5e-9d6e-0f8a5f1c2b3d',
  traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  'cf-ray': '8a1b2c3d4e5f6a7b-FRA',
  'cf-connecting-ip': '203.0.113.7',
  connection: 'keep-alive'
}

/** The headers of such a request, as node:http and the Fetch API have them. */
export async function handedOver(signed, body) {
  const server = createServer((incoming, response) => {
    server.headers = incoming.headers
    incoming.resume().on('end', () => response.end())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const outgoing = request({ port: server.address().port, method: 'POST', headers: { ...ORDINARY, ...signed, 'content-length': body.length } })
  outgoing.end(body)
  const [response] = await once(outgoing, 'response')
  await once(response.resume(), 'end')
  server.close()
  server.closeAllConnections()
  return { 'req.headers': server.headers, Headers: new Headers(server.headers) }
}
