import { sql } from 'drizzle-orm'

/** A transaction of Drizzle with pg, as an inbox takes it. */
export const onDrizzle = (tx) => ({
  placeholder: 'question',
  async execute(text, values) {
    const parts = text.split('?').map((part) => sql.raw(part))
    const { rows, rowCount } = await tx.execute(sql.join(parts.flatMap((part, index) => [sql`${values[index - 1]}`, part]).slice(1)))
    return { rows, changed: rowCount }
  }
})
