import { CompiledQuery } from 'kysely'

/** A transaction of Kysely, as an inbox takes it. */
export const onKysely = (trx) => ({
  async execute(text, values) {
    const { rows, numAffectedRows } = await trx.executeQuery(CompiledQuery.raw(text, values))
    return { rows, changed: numAffectedRows }
  }
})
