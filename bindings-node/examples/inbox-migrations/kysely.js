import { Inbox } from 'hookseal/inbox'
import { sql } from 'kysely'

export const up = (db) => sql.raw(Inbox.schema('postgresql')).execute(db)
