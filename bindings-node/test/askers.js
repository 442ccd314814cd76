'use strict'

/** Senders that first ask whether the endpoint is the receiver's, with the requests of their documentation. */

const { createHmac } = require('node:crypto')

const SECRET = '8f742231b10e8888abcd99yyyzzz85a5'
const CHALLENGE = '3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P'

const digest = (content) => createHmac('sha256', SECRET).update(content).digest('hex')
const keyed = { algorithm: 'hmac-sha256', encoding: 'hex' }

/** Slack's question is a POST that is signed as its deliveries are. */
const slack = {
  scheme: {
    name: 'slack-like',
    // The question has no type.
    event: { type: { pointer: '/event/type' }, type_required: false, id: { pointer: '/event_id' } },
    timestamp: { header: 'X-Slack-Request-Timestamp', unit: 'seconds' },
    signature: { ...keyed, header: 'X-Slack-Signature', prefix: 'v0=', content: 'v0:{timestamp}:{body}' },
    handshake: [{ when: { pointer: '/type', equals: 'url_verification' }, challenge: { pointer: '/challenge' }, text: '{challenge}' }]
  },
  question: JSON.stringify({ token: 'Jhj5dZrVaK7ZwHHjRyZWjbDl', challenge: CHALLENGE, type: 'url_verification' }),
  delivery: '{"type":"event_callback","event_id":"Ev08","event":{"type":"message"}}',
  sign(body, at = Math.floor(Date.now() / 1000)) {
    return { 'X-Slack-Request-Timestamp': String(at), 'X-Slack-Signature': `v0=${digest(`v0:${at}:${body}`)}` }
  }
}

/** Meta's question is a GET with a token that the receiver has chosen. */
const meta = {
  scheme: {
    name: 'meta-like',
    event: { type: { pointer: '/object' } },
    constants: { verify_token: 'the token that you chose for the endpoint' },
    signature: { ...keyed, header: 'X-Hub-Signature-256', prefix: 'sha256=', content: '{body}' },
    handshake: [
      {
        method: 'GET',
        signed: false,
        when: { query: 'hub.mode', equals: 'subscribe' },
        token: { query: 'hub.verify_token', constant: 'verify_token' },
        challenge: { query: 'hub.challenge' },
        text: '{challenge}'
      }
    ]
  },
  options: { constants: { verify_token: 'meatyhamhock' } },
  query: (token) => `?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${token}`,
  delivery: '{"object":"page","entry":[]}',
  sign: (body) => ({ 'X-Hub-Signature-256': `sha256=${digest(body)}` })
}

module.exports = { CHALLENGE, SECRET, digest, meta, slack }
