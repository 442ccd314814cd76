import type { Body, Event, HooksealError, InboxErrorCode, RequestHeaders, Webhook } from '../index.js'

export type { InboxErrorCode } from '../index.js'

/** A database engine: SQLite 3.40, PostgreSQL 13, MariaDB 10.6 or MySQL 8, or later. */
export type Dialect = 'sqlite' | 'postgresql' | 'mysql'

/** A connection of better-sqlite3 or node:sqlite. */
export interface SqliteConnection {
  prepare(sql: string): unknown
  exec(sql: string): unknown
}

/** A connection of pg: a `Client`, or what `pool.connect()` gives. */
export interface PgConnection {
  query(config: never): Promise<unknown>
  escapeIdentifier(text: string): string
}

/** A `Pool` of pg. */
export interface PgPool {
  connect(): Promise<unknown>
  readonly totalCount: number
}

/** A connection of mysql2, with Promises or callbacks. */
export interface MysqlConnection {
  execute(options: never, ...values: never[]): unknown
  beginTransaction(...callback: never[]): unknown
}

/** A pool of mysql2, with Promises or callbacks. */
export interface MysqlPool {
  execute(options: never, ...values: never[]): unknown
  getConnection(...callback: never[]): unknown
}

/** A connection of another library, which runs one statement at a time. */
export interface CustomConnection {
  /**
   * Runs a statement on this one connection, and gives the rows of a query, each as an array or as an object with its
   * columns in order, or how many rows it changed. What it throws is the driver's error, or has it as its `cause`.
   *
   * @param kind `'query'`: it gives rows; `'change'`: it changes rows; `'transaction'`: it begins, ends or marks one.
   */
  execute(
    sql: string,
    values: (string | number | bigint | Buffer | null)[],
    kind: 'query' | 'change' | 'transaction',
  ): Promise<{ rows?: readonly (readonly unknown[] | object)[] | undefined; changed?: number | bigint | null | undefined }>
  /** The engine, if the inbox was not told by its option `dialect`. */
  readonly dialect?: Dialect | undefined
  /** How parameters are marked: `'question'` for `?`, `'dollar'` for `$1`. The default is as the engine's drivers do. */
  readonly placeholder?: 'question' | 'dollar' | undefined
  /** Whether a transaction is open, if that is known: else the database is asked. */
  readonly inTransaction?: boolean | undefined
}

/** A pool of another library. */
export interface CustomPool {
  /** Gives a connection, which is this inbox's alone until its `release` is called; with true if it is not to be used again. */
  connect(): Promise<(CustomConnection | SqliteConnection | PgConnection | MysqlConnection) & { release?(isBroken: boolean): unknown }>
  /** The engine, if the connections do not show it. */
  readonly dialect?: Dialect | undefined
}

/** A connection with a transaction of yours open. */
export type Connection = SqliteConnection | PgConnection | MysqlConnection | CustomConnection

/** Where an inbox works: a pool, or one connection. */
export type Database = PgPool | MysqlPool | CustomPool | Connection

/** The order in which a source's events are handled: none is claimed while an earlier one of the same thing is not done. */
export interface Order {
  /**
   * A JSON Pointer into the signed JSON to what names the thing that an event is about, such as `/data/policy_id`. An
   * event without it is in no order.
   */
  aggregate: string
  /** What events of the same thing are ordered by. The default is `'arrival'`. */
  orderBy?: 'arrival' | 'created_at' | { sequence: string } | undefined
  /** Whether a dead event holds up those after it until a person retries or discards it. The default is true. */
  deadBlocks?: boolean | undefined
}

/** A `Webhook`, of which an inbox's types need the events. */
export type SourceWebhook<E = Event> = Pick<Webhook, 'scheme' | 'maxBody' | 'warnings'> & { verify(...args: never[]): E }

/** A source of deliveries: its webhook, and the order of its events. */
export interface Source<E = Event> {
  /** The webhook that verifies its deliveries. */
  webhook: SourceWebhook<E>
  /** The order in which its events are handled; by default there is none. */
  order?: Order | undefined
}

/** How often a delivery is tried, and how many seconds it waits in between. */
export interface Backoff {
  /** After so many attempts that failed, a delivery is dead. The default is 10. */
  attempts?: number | undefined
  /** The wait after the first attempt; each further one is twice as long. The default is 10. */
  first?: number | undefined
  /** The longest wait. The default is 3600. */
  longest?: number | undefined
}

/** Options of `new Inbox`: either `webhook` or `sources` is needed. */
export interface InboxOptions<E = Event> {
  /** The webhook, whose deliveries are kept under its provider's name. */
  webhook?: SourceWebhook<E> | undefined
  /** Several webhooks, each under a name that must not change: letters, digits, `.`, `_` and `-`. */
  sources?: { readonly [name: string]: SourceWebhook<E> | Source<E> } | undefined
  /** What stands before the tables' names. The default is `hookseal_`. It may name a schema, such as `webhooks.`. */
  prefix?: string | undefined
  /** When a delivery that failed is tried again. */
  backoff?: Backoff | undefined
  /** How many seconds a claimed delivery is a worker's own, if the lease is not extended. The default is 60. */
  lease?: number | undefined
  /** The engine, for connections of your own. */
  dialect?: Dialect | 'sqlite3' | 'postgres' | 'mariadb' | undefined
}

/** The source's name, for an inbox that has several. */
export interface SourceOptions {
  /** The source's name; it may be left out if the inbox has but one. */
  source?: string | undefined
}

/** Options of `Inbox.receive`. */
export interface ReceiveOptions extends SourceOptions {
  /** The request's method, as `Webhook.verify` takes it. */
  method?: string | undefined
  /** The request's address, as `Webhook.verify` takes it. */
  url?: string | undefined
}

/** What became of a delivery. It is committed: respond with success. */
export interface Received<E = Event> {
  /**
   * `'stored'`: a worker will get it. `'duplicate'`: it was stored before. `'check'`: it only asks whether the endpoint
   * works, and is not stored.
   */
  readonly outcome: 'stored' | 'duplicate' | 'check'
  /** True for a duplicate whose body is another than the one that is stored. */
  readonly isConflict: boolean
  /** The verified event. */
  readonly event: E
}

/** A delivery that is leased to a worker. Only `Inbox.claim` makes one. */
export class Claimed<E = Event> {
  private constructor()
  /** Its number in the inbox. */
  readonly seq: number
  /** Which attempt this is, counted from 1. */
  readonly attempt: number
  /** The source that sent it. */
  readonly source: string
  /** When it was stored, by the database's clock. */
  readonly receivedAt: Date
  /** The event, which was verified again. */
  readonly event: E
}

/** Where a delivery stands. */
export type State = 'waiting' | 'leased' | 'blocked' | 'done' | 'dead'

/** A delivery in a list. */
export interface Entry {
  /** The delivery's number in the inbox. */
  seq: number
  /** The source that it is of. */
  source: string
  /** What is to become of it. */
  state: State
  /** When a worker may take it. */
  due: Date | null
  /** How often it was tried. */
  attempts: number
  /** Why the last attempt failed. */
  error: string | null
  /** When it was done or died. */
  finishedAt: Date | null
  /** True if it came after a later one of its aggregate was done. */
  isLate: boolean
  /** The key by which it is handled once. */
  dedupeKey: string
  /** When it was stored, by the database's clock. */
  receivedAt: Date
  /** The event's type. */
  eventType: string
  /** How often it came again. */
  duplicates: number
  /** How often it came again with another body. */
  conflicts: number
  /** How long its body is, in bytes; null where only the key was kept. */
  bodyLength: number | null
}

/** Which deliveries to list. */
export interface Filter {
  /** Those in this state. */
  state?: State | undefined
  /** Those of this source. */
  source?: string | undefined
  /** Those of events of this type. */
  eventType?: string | undefined
  /** A text in their key or their body, byte for byte. Every delivery is looked at until enough are found. */
  search?: string | undefined
  /** Those with a smaller number than this, to go on with a list. */
  before?: number | undefined
  /** So many, the latest first; up to 1000. The default is 100. */
  limit?: number | undefined
}

/** What an inbox holds that is not done. */
export interface Stats {
  /** The counts of each source, those of deliveries by state. */
  sources: {
    source: string
    /** Whether this inbox has its webhook; without, none of its deliveries is claimed here. */
    isKnown: boolean
    waiting: number
    leased: number
    blocked: number
    dead: number
    /** For how many seconds the one that has been due for longest waits. */
    oldestDue: number
    /** Whether one that is not done came after a later one of its aggregate was. */
    hasLate: boolean
  }[]
  /** How many deliveries came again with another body. */
  conflicts: number
}

/** What is kept of a delivery. */
export interface Kept {
  /** The headers that its scheme reads. */
  headers: [name: string, value: string][]
  /** The bytes that were authenticated. */
  body: Buffer
}

/**
 * Keeps verified deliveries in your own database, so that each is handled once and none is lost.
 *
 * Every method returns a Promise, with every driver. It is rejected with an `InboxError`, whose `httpStatus` is never a
 * success.
 */
export class Inbox<E = Event> {
  /**
   * @param database A pool, or one connection, that the inbox does its own work on. It begins and commits transactions
   * there.
   * @throws {InboxError} An option cannot be used.
   */
  constructor(database: Database, options: InboxOptions<E>)
  /** Returns the SQL that makes the tables, for a migration. */
  static schema(dialect: Dialect | (string & {}), prefix?: string): string
  /** How many seconds a lease lasts. */
  readonly lease: number
  /** Makes the tables, or does nothing where they are there; returns whether it made them. */
  migrate(): Promise<boolean>
  /**
   * Verifies a delivery and stores it, to be handled by a worker. Once it is resolved the delivery is committed, and
   * the sender may be answered with success.
   *
   * @throws {HooksealError} Respond with `httpStatus`.
   */
  receive(body: Body | object, headers: RequestHeaders, options?: ReceiveOptions): Promise<Received<E>>
  /**
   * Records an event as handled in your open transaction; returns true the first time and false for a duplicate. The
   * record is committed, or rolled back, with what you write.
   *
   * @param connection The connection on which your transaction is open; a pool has none.
   * @throws {InboxError} Roll back, and respond with `httpStatus`.
   */
  once(connection: Connection, event: E, options?: SourceOptions): Promise<boolean>
  /** Leases up to `limit` deliveries that are due, each verified again. */
  claim(limit?: number): Promise<Claimed<E>[]>
  /**
   * Sets a savepoint in your open transaction, before you handle a claimed delivery in it: `complete` then throws
   * `unavailable` if the database has rolled the transaction back in the meantime, as MariaDB does at a deadlock, and its
   * error was caught. A `Worker` does it by itself.
   */
  savepoint(connection: Connection, claimed: Claimed<E>): Promise<void>
  /**
   * Records a claimed delivery as done in your open transaction.
   *
   * @throws {InboxError} With `lease_lost`, roll back: another worker has it.
   */
  complete(connection: Connection, claimed: Claimed<E>): Promise<void>
  /**
   * Gives a claimed delivery back, to be tried again later; returns after how many seconds, null if that was its last
   * attempt and it is dead.
   *
   * @param error What went wrong: of an error, its class is kept, and a string as it is.
   */
  release(claimed: Claimed<E>, error: unknown): Promise<number | null>
  /** Records a claimed delivery as dead: it is not tried again until a person retries it. */
  dead(claimed: Claimed<E>, error: unknown): Promise<void>
  /** Begins a claimed delivery's lease anew. */
  extend(claimed: Claimed<E>): Promise<void>
  /** Counts what is not done. */
  stats(): Promise<Stats>
  /** Returns the counts as OpenMetrics, for monitoring. */
  openmetrics(): Promise<string>
  /** Lists deliveries, the latest first. */
  list(filter?: Filter): Promise<Entry[]>
  /** Returns what is kept of a delivery; null if there is no such one, or only its key was kept. */
  show(seq: number): Promise<Kept | null>
  /** Lets dead deliveries be tried again: the one with this number, or all; returns how many. */
  retry(seq?: number): Promise<number>
  /** Lets a delivery that is done be handled once more; returns whether there is such a one, with its body. */
  replay(seq: number): Promise<boolean>
  /** Takes a dead delivery for done, so that those after it are handled; returns whether there is such a one. */
  discard(seq: number): Promise<boolean>
  /** Removes what was done longer ago than `keep` seconds, at least as long as its key counts; returns how many. */
  prune(keep?: number): Promise<number>
}

/** Options of `new Worker`. */
export interface WorkerOptions {
  /** How many deliveries are handled at once, each on a connection of its own. The default is 1. */
  concurrency?: number | undefined
  /** How many seconds to wait before looking again when nothing is due. The default is 1. */
  idle?: number | undefined
  /** The logger for one line per outcome, without anything of a payload. The default is the console. */
  logger?: { info(message: string): void; warn(message: string): void; error(message: string): void } | undefined
  /** The signals that stop the worker. The default is SIGTERM and SIGINT. */
  signals?: readonly NodeJS.Signals[] | undefined
  /**
   * Runs `work` in a transaction, for libraries that have transactions of their own: `work(given, connection)` calls the
   * handler with `given`, and completes the delivery on `connection`, which is `given` itself if it is left out.
   */
  transaction?: ((work: (given: unknown, connection?: Connection) => Promise<void>) => Promise<unknown>) | undefined
}

/**
 * Handles a delivery. What it writes on `connection` is committed together with the record that the delivery is done, and
 * rolled back if it throws; then the delivery is tried again later. `signal` is aborted once the lease is lost.
 */
export type Handler<E = Event, C = unknown> = (claimed: Claimed<E>, connection: C, context: { signal: AbortSignal }) => unknown

/**
 * Handles what an inbox holds, until it is told to stop.
 *
 * While a delivery is handled its lease is extended, where the inbox has a pool. An inbox on one connection hands that to
 * the handler: give the worker a connection that nothing else uses. On SQLite a handler's transaction keeps other writers
 * waiting: do what takes long before or after it.
 */
export class Worker<E = Event, C = unknown> {
  constructor(inbox: Inbox<E>, handler: Handler<E, C>, options?: WorkerOptions)
  /**
   * Handles deliveries until `stop` is called or a signal comes; what is being handled then is handled to its end. A
   * database that cannot be reached is waited for.
   * @throws {InboxError} What does not pass by itself: the tables are missing, or of another version.
   */
  run(): Promise<void>
  /** Stops the worker; resolved once what is being handled is done. */
  stop(): Promise<void>
}

/** An error that says why an inbox did not do what it was asked for. The message contains nothing of a delivery. */
export class InboxError extends HooksealError {
  private constructor()
  /** The code, which is the same in every language. */
  readonly code: InboxErrorCode
  /** The HTTP status to respond to the delivery with; never a success. */
  readonly httpStatus: number
  /** The seconds to respond in `Retry-After`, where the same may succeed later. */
  readonly retryAfter: number | null
}
