// The inbox of CoverKit's deliveries, in a file of SQLite.
import Database from 'better-sqlite3'
import { Webhook } from 'hookseal'
import { Inbox } from 'hookseal/inbox'

const webhook = new Webhook('coverkit', process.env.COVERKIT_SECRET)
const database = new Database(process.env.DATABASE ?? 'inbox.sqlite', { timeout: 5000 })
database.pragma('journal_mode = WAL')
database.pragma('synchronous = FULL')

export const inbox = new Inbox(database, { webhook })
