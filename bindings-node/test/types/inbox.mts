// The inbox's declarations, as programs with each driver use them.
import { type kasko, Webhook } from 'hookseal'
import { Inbox, InboxError, Worker } from 'hookseal/inbox'

const webhook = new Webhook('kasko', 'whsec_test')

/** What the drivers' own declarations come to. */
declare const pgPool: {
  connect(): Promise<{ query(text: string, values?: unknown[]): Promise<unknown>; escapeIdentifier(text: string): string; release(): void }>
  query(text: string): Promise<unknown>
  readonly totalCount: number
}
declare const mysqlPool: { execute(sql: string, values: unknown[]): Promise<unknown>; getConnection(): Promise<unknown> }
declare const database: { prepare(sql: string): { all(): unknown[] }; exec(sql: string): void }

const inbox = new Inbox(pgPool, { webhook, backoff: { attempts: 3 }, lease: 30 })
new Inbox(mysqlPool, { sources: { kasko: webhook, own: { webhook, order: { aggregate: '/data/id', orderBy: { sequence: '/n' } } } } })
new Inbox(database, { webhook })
// @ts-expect-error A number is no connection.
new Inbox(1, { webhook })
// @ts-expect-error The order has another name.
new Inbox(database, { sources: { own: { webhook, order: { aggregate: '/id', orderBy: 'createdAt' } } } })

export async function received(body: Buffer, headers: Headers): Promise<number> {
  try {
    const { outcome, event } = await inbox.receive(body, headers)
    if (outcome === 'stored' && event.type === 'policy.created') {
      const policy: kasko.Policy = event.data
      console.log(policy.policy_id)
    }
    return 204
  } catch (error) {
    if (!(error instanceof InboxError)) throw error
    return error.code === 'in_progress' ? (error.retryAfter ?? 0) : error.httpStatus
  }
}

export async function handled(): Promise<void> {
  const client = await pgPool.connect()
  await inbox.once(client, webhook.verify('{}', {}))
  const [claimed] = await inbox.claim(10)
  if (claimed) await inbox.complete(client, claimed)
  // @ts-expect-error A pool has no transaction.
  await inbox.once(pgPool, webhook.verify('{}', {}))
  const worker = new Worker(inbox, async ({ event, attempt, receivedAt }, connection: typeof client, { signal }) => {
    if (event.type === 'policy.created') await connection.query('', [event.data.policy_id, attempt, receivedAt, signal.aborted])
  })
  await worker.run()
  const state: 'waiting' | 'leased' | 'blocked' | 'done' | 'dead' | undefined = (await inbox.list())[0]?.state
  console.log(state, Inbox.schema('postgresql'))
}
