// Records an event in a transaction of pg: DATABASE_URL=… KASKO_SECRET=… CLAIMPORT_SECRET=… node pg.js
import { Webhook } from 'hookseal'
import { Inbox } from 'hookseal/inbox'
import pg from 'pg'

const kasko = new Webhook('kasko', process.env.KASKO_SECRET)
const claimport = new Webhook('claimport', process.env.CLAIMPORT_SECRET)
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL })

const inbox = new Inbox(pool, {
  sources: {
    kasko,
    claims: { webhook: claimport, order: { aggregate: '/data/claim_id' } } // each claim's events one after the other
  }
})
await inbox.migrate()

// In a handler it comes with the request.
const body = '{"policy_id":"TEST-POLICY-12345"}'
const event = kasko.verify(body, kasko.sign(body, { type: 'policy.created' }))

const client = await pool.connect()
try {
  await client.query('BEGIN')
  if (await inbox.once(client, event, { source: 'kasko' })) {
    await client.query('INSERT INTO policy (id) VALUES ($1)', [event.data.policy_id])
  }
  await client.query('COMMIT')
} catch (error) {
  await client.query('ROLLBACK')
  throw error // an InboxError has the httpStatus to answer with
} finally {
  client.release()
}
await pool.end()
