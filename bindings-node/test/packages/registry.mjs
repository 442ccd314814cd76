// A registry of the packed packages alone, so that package managers install them as they would released ones.
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

/** Serves the packages on a free port; `requests` are the paths that were asked for. */
export async function serveRegistry(packages) {
  const requests = []
  const documents = new Map()
  const tarballs = new Map()
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://registry').pathname)
    requests.push(path)
    const tarball = tarballs.get(path)
    const document = documents.get(path.slice(1))
    if (tarball) response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(tarball)
    else if (document) response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(document))
    else response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"not found"}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${server.address().port}`

  for (const { manifest, tarball } of packages) {
    const { name, version } = manifest
    const bytes = readFileSync(tarball)
    const path = `/${name}/-/${name.split('/').at(-1)}-${version}.tgz`
    const dist = {
      tarball: url + path,
      shasum: createHash('sha1').update(bytes).digest('hex'),
      integrity: `sha512-${createHash('sha512').update(bytes).digest('base64')}`
    }
    tarballs.set(path, bytes)
    documents.set(name, {
      name,
      'dist-tags': { latest: version },
      versions: { [version]: { ...manifest, dist } },
      time: { [version]: '2020-01-01T00:00:00.000Z' }
    })
  }

  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  return { url, requests, close }
}
