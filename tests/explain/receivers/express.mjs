// Handlers for Express that verify something else than what came in.
import { inHand, load, ready } from './answer.mjs'

const express = load('express')
const app = express()

function receive(path, middleware, bodyOf) {
  app.post(path, ...middleware, async (req, res) => res.json(inHand(await bodyOf(req), req.headers)))
}

const json = express.json({ type: () => true })
const raw = express.raw({ type: () => true })

receive('/raw', [raw], (req) => req.body)

// Parsed, and written again.
receive('/stringify', [json], (req) => JSON.stringify(req.body))
receive('/pretty', [json], (req) => JSON.stringify(req.body, null, 2))
receive('/tabs', [json], (req) => JSON.stringify(req.body, null, '\t'))

// A field is added by a middleware.
const stamped = (req, _res, next) => {
  req.body.received_at = '2025-10-09T08:53:21Z'
  next()
}
receive('/stamped', [json, stamped], (req) => JSON.stringify(req.body))
receive('/normalize', [express.text({ type: () => true })], (req) => req.body.normalize())

// The bytes are there, and are not what is verified.
receive('/stringify-buffer', [raw], (req) => JSON.stringify(req.body))
receive('/stringify-text', [express.text({ type: () => true })], (req) => JSON.stringify(req.body))
receive('/template', [json], (req) => `${req.body}`)
receive('/latin1', [express.text({ type: () => true, defaultCharset: 'latin1' })], (req) => req.body)
receive('/trim', [express.text({ type: () => true })], (req) => req.body.trim())

// A parser for another type of content leaves no body.
receive('/json-only', [express.raw({ type: 'application/json' })], (req) => req.body ?? '')
receive('/no-parser', [], (req) => JSON.stringify(req.body ?? {}))

// Forms.
receive('/form', [express.urlencoded({ extended: false })], (req) => JSON.stringify(req.body))
receive('/form-payload', [express.urlencoded({ extended: false })], (req) => req.body.payload)

receive('/form-fields', [express.urlencoded({ extended: false })], (req) => JSON.stringify({ ...req.body }))

// Arrays.
receive('/first', [json], (req) => JSON.stringify(req.body[0]))
receive('/spread', [json], (req) => JSON.stringify({ ...req.body }))
receive('/lines', [json], (req) => req.body.map((element) => JSON.stringify(element)).join('\n'))

// The URL, as it is put together for who signs it.
function called(path, urlOf, ...middleware) {
  app.use(path, ...middleware, raw, (req, res) => res.json(inHand(req.body, req.headers, urlOf(req))))
}
const origin = (req) => `${req.protocol}://${req.get('host')}`
called('/hooks', (req) => origin(req) + req.originalUrl)
called('/app/in', (req) => origin(req) + req.originalUrl)
called('/again', (req) => `https://${req.get('host')}${req.baseUrl}${req.path}?${new URLSearchParams(req.query)}`)
called('/sorted', (req) => {
  const url = new URL(`https://${req.get('host')}${req.originalUrl}`)
  url.searchParams.sort()
  return url.href
})

const server = app.listen(0, '127.0.0.1', () => ready(server))
