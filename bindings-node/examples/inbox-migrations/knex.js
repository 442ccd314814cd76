import { Inbox } from 'hookseal/inbox'

export const up = (knex) => knex.raw(Inbox.schema('postgresql'))

export const down = (knex) => knex.schema.dropTable('hookseal_job').dropTable('hookseal_delivery').dropTable('hookseal_inbox')
