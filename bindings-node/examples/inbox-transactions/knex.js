/** A transaction of Knex with pg, as an inbox takes it. */
export const onKnex = (trx) => ({
  placeholder: 'question',
  async execute(text, values) {
    const { rows, rowCount } = await trx.raw(text, values)
    return { rows, changed: rowCount }
  }
})
