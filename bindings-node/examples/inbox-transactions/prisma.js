/** A transaction of Prisma with PostgreSQL, as an inbox takes it. */
export const onPrisma = (tx) => ({
  async execute(text, values, kind) {
    try {
      if (kind === 'query') return { rows: await tx.$queryRawUnsafe(text, ...values) }
      return { changed: await tx.$executeRawUnsafe(text, ...values) }
    } catch (error) {
      throw Object.assign(error, { code: error.meta?.driverAdapterError?.cause.originalCode }) // the database's own
    }
  }
})
