// The inbox of KASKO's deliveries, in PostgreSQL.
import { Webhook } from 'hookseal'
import { Inbox } from 'hookseal/inbox'
import pg from 'pg'

const webhook = new Webhook('kasko', process.env.KASKO_SECRET)
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL })
// An idle connection that breaks would end the process, as when the server is restarted.
pool.on('error', (error) => console.error(error.message))

export const inbox = new Inbox(pool, { webhook })
