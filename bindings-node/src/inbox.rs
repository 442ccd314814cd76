//! The inbox: options and results as JavaScript has them, and operations that JavaScript runs on its
//! own connections.
#![allow(
    missing_docs,
    missing_debug_implementations,
    clippy::missing_errors_doc,
    clippy::must_use_candidate,
    clippy::needless_pass_by_value,
    reason = "public for napi-rs, whose users are in JavaScript"
)]

use std::time::{Duration, SystemTime};

use hookseal::Event;
use hookseal::inbox::{
    Backoff, Claimed, DatabaseError, Dialect, Entry, EventParts, Filter, Inbox, InboxError,
    InboxErrorCode, Kept, Operation, Order, OrderBy, Placeholder, Received, Reply, State,
    Statement, StatementKind, Stats, Step, TransactionState, Verified,
};
use napi::bindgen_prelude::{Buffer, Either9, Null, Result, Uint8Array};
use napi_derive::napi;

use crate::event::NativeEvent;
use crate::head::{HeadParts, pairs};
use crate::native::{Native, Refused};
use crate::reply::{self, Cell, Parameter};

/// An error code of the inbox and the HTTP status to answer with.
#[napi(object, object_from_js = false)]
pub struct InboxCode {
    pub code: &'static str,
    pub http_status: u16,
}

/// Every error code of the inbox.
#[napi(catch_unwind)]
pub fn inbox_codes() -> Vec<InboxCode> {
    InboxErrorCode::ALL
        .iter()
        .map(|code| InboxCode { code: code.as_str(), http_status: code.http_status() })
        .collect()
}

/// The dialect that is meant by a name, as the core spells it.
#[napi(catch_unwind)]
pub fn dialect_name(name: String) -> Option<&'static str> {
    Dialect::from_name(&name).map(Dialect::as_str)
}

/// The SQL that makes an inbox's tables.
#[napi(catch_unwind)]
pub fn inbox_schema(dialect: String, prefix: Option<String>) -> Result<String, &'static str> {
    Ok(Inbox::schema(dialect.parse().map_err(refused)?, prefix.as_deref()))
}

/// The failure for a database that gives no connection.
#[napi(catch_unwind)]
pub fn unreachable() -> Failure {
    Failure::from(InboxError::unreachable())
}

/// The order of a source's events.
#[napi(object, object_to_js = false)]
pub struct OrderOptions {
    pub aggregate: String,
    /// `arrival`, `created_at` or `sequence`.
    pub order_by: String,
    pub sequence: Option<String>,
    pub dead_blocks: bool,
}

/// A source of an inbox that is being built.
struct Source {
    name: String,
    webhook: std::sync::Arc<hookseal::Webhook>,
    order: Option<Order>,
}

/// What an inbox is built of.
#[napi]
#[derive(Default)]
pub struct NativeInboxBuilder {
    sources: Vec<Source>,
}

#[napi]
impl NativeInboxBuilder {
    #[napi(constructor, catch_unwind)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a source; without a name, under its provider's.
    #[napi(catch_unwind)]
    pub fn source(&mut self, name: Option<String>, webhook: &Native, order: Option<OrderOptions>) {
        let webhook = webhook.0.webhook.clone();
        let name = name.unwrap_or_else(|| webhook.scheme().name().to_owned());
        let order = order.map(|order| {
            let mut own = Order::by(order.aggregate);
            own.dead_blocks = order.dead_blocks;
            own.order_by = match order.order_by.as_str() {
                "created_at" => OrderBy::CreatedAt,
                "sequence" => OrderBy::Sequence(order.sequence.unwrap_or_default()),
                _ => OrderBy::Arrival,
            };
            own
        });
        self.sources.push(Source { name, webhook, order });
    }

    /// Builds the inbox for a dialect and a way to mark parameters; times are in seconds.
    #[napi(catch_unwind)]
    pub fn build(&self, options: InboxSettings) -> Result<NativeInbox, &'static str> {
        let dialect: Dialect = options.dialect.parse().map_err(refused)?;
        let mut builder = Inbox::builder(dialect);
        builder = builder.placeholder(match options.placeholder.as_deref() {
            Some(name) => Placeholder::from_name(name)
                .ok_or_else(|| Refused::new("", "there is no such placeholder"))?,
            None if dialect == Dialect::Postgresql => Placeholder::Dollar,
            None => Placeholder::Question,
        });
        for source in &self.sources {
            builder = builder.source(&source.name, source.webhook.clone(), source.order.clone());
        }
        if let Some(prefix) = options.prefix {
            builder = builder.prefix(prefix);
        }
        let mut backoff = Backoff::default();
        if let Some(attempts) = options.attempts {
            backoff.attempts = attempts;
        }
        if let Some(first) = options.first {
            backoff.first = seconds(first);
        }
        if let Some(longest) = options.longest {
            backoff.longest = seconds(longest);
        }
        builder = builder.backoff(backoff);
        if let Some(lease) = options.lease {
            builder = builder.lease(seconds(lease));
        }
        builder.build().map(NativeInbox).map_err(refused)
    }
}

/// Options of an inbox.
#[napi(object, object_to_js = false)]
pub struct InboxSettings {
    pub dialect: String,
    pub placeholder: Option<String>,
    pub prefix: Option<String>,
    pub attempts: Option<u32>,
    pub first: Option<f64>,
    pub longest: Option<f64>,
    pub lease: Option<f64>,
}

fn refused(error: InboxError) -> Refused {
    Refused::new(error.code(), error.message().to_owned())
}

fn seconds(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or(Duration::from_secs(u64::from(u32::MAX)))
}

/// Whether a transaction is open, `undefined` where the driver does not know.
fn state(is_open: Option<bool>) -> TransactionState {
    match is_open {
        Some(true) => TransactionState::Open,
        Some(false) => TransactionState::Closed,
        None => TransactionState::Unknown,
    }
}

/// The core's inbox, whose methods make operations.
#[napi]
pub struct NativeInbox(Inbox);

#[napi]
impl NativeInbox {
    /// How long a lease lasts, in seconds.
    #[napi(catch_unwind)]
    pub fn lease(&self) -> f64 {
        self.0.lease().as_secs_f64()
    }

    /// Checks that the inbox has the source, or but one if none is named.
    #[napi(catch_unwind)]
    pub fn check_source(&self, source: Option<String>) -> Result<(), &'static str> {
        self.0.webhook(source.as_deref()).map(|_| ()).map_err(refused)
    }

    #[napi(catch_unwind)]
    pub fn migrate(&self, is_open: Option<bool>) -> NativeOperation {
        NativeOperation::of(self.0.migrate(state(is_open)), Either9::B)
    }

    /// Verifies a delivery, which `store` stores.
    #[napi(catch_unwind)]
    pub fn verify(
        &self,
        source: Option<String>,
        body: Uint8Array,
        head: HeadParts,
    ) -> Result<NativeVerified, &'static str> {
        let source = source.as_deref();
        let verified = if let Some(signature) = &head.signature {
            self.0.verify(source, &body, &head.with(signature))
        } else {
            self.0.verify(source, &body, &head.with(&pairs(&head.headers)))
        };
        let (event, delivery) = verified.map_err(refused)?;
        Ok(NativeVerified { event: event.into_owned(), delivery })
    }

    #[napi(catch_unwind)]
    pub fn store(&self, verified: &NativeVerified, is_open: Option<bool>) -> NativeOperation {
        NativeOperation::of(self.0.store(&verified.delivery, state(is_open)), outcome_of)
    }

    #[napi(catch_unwind)]
    pub fn once(
        &self,
        source: Option<String>,
        webhook: &Native,
        event_type: String,
        id: Option<String>,
        body: Uint8Array,
        is_open: Option<bool>,
    ) -> Result<NativeOperation, &'static str> {
        let scheme = webhook.0.webhook.scheme();
        let event = EventParts { scheme, event_type: &event_type, id: id.as_deref(), body: &body };
        let operation = self.0.once_of(source.as_deref(), &event, state(is_open));
        Ok(NativeOperation::of(operation.map_err(refused)?, Either9::B))
    }

    #[napi(catch_unwind)]
    pub fn claim(&self, limit: u32, is_open: Option<bool>) -> NativeOperation {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        NativeOperation::of(self.0.claim(limit, state(is_open)), |claimed| {
            Either9::E(claimed.into_iter().map(NativeClaimed).collect())
        })
    }

    #[napi(catch_unwind)]
    pub fn begin(&self, is_open: Option<bool>) -> NativeOperation {
        NativeOperation::of(self.0.begin(state(is_open)), |()| nothing())
    }

    #[napi(catch_unwind)]
    pub fn commit(&self) -> NativeOperation {
        NativeOperation::of(self.0.commit(), |()| nothing())
    }

    #[napi(catch_unwind)]
    pub fn rollback(&self) -> NativeOperation {
        NativeOperation::of(self.0.rollback(), |()| nothing())
    }

    #[napi(catch_unwind)]
    pub fn savepoint(&self, claimed: &NativeClaimed, is_open: Option<bool>) -> NativeOperation {
        NativeOperation::of(self.0.savepoint(&claimed.0, state(is_open)), |()| nothing())
    }

    #[napi(catch_unwind)]
    pub fn complete(&self, claimed: &NativeClaimed, is_open: Option<bool>) -> NativeOperation {
        NativeOperation::of(self.0.complete(&claimed.0, state(is_open)), |()| nothing())
    }

    #[napi(catch_unwind)]
    pub fn release(
        &self,
        claimed: &NativeClaimed,
        error: String,
        is_open: Option<bool>,
    ) -> NativeOperation {
        let operation = self.0.release(&claimed.0, &error, state(is_open));
        NativeOperation::of(operation, |wait| {
            wait.map_or_else(nothing, |wait| Either9::C(wait.as_secs_f64()))
        })
    }

    #[napi(catch_unwind)]
    pub fn dead(
        &self,
        claimed: &NativeClaimed,
        error: String,
        is_open: Option<bool>,
    ) -> NativeOperation {
        let operation = self.0.dead(&claimed.0, &error, state(is_open));
        NativeOperation::of(operation, |()| nothing())
    }

    #[napi(catch_unwind)]
    pub fn extend(&self, claimed: &NativeClaimed, is_open: Option<bool>) -> NativeOperation {
        NativeOperation::of(self.0.extend(&claimed.0, state(is_open)), |()| nothing())
    }

    #[napi(catch_unwind)]
    pub fn stats(&self, is_open: Option<bool>) -> NativeOperation {
        let outcome = |stats| Either9::F(StatsFacts::from(stats));
        NativeOperation::of(self.0.stats(state(is_open)), outcome)
    }

    #[napi(catch_unwind)]
    pub fn openmetrics(&self, is_open: Option<bool>) -> NativeOperation {
        NativeOperation::of(self.0.openmetrics(state(is_open)), Either9::I)
    }

    /// `state` is one of the core's names; with another there is no operation.
    #[napi(catch_unwind)]
    #[allow(clippy::too_many_arguments, reason = "the parts of a filter")]
    pub fn list(
        &self,
        name: Option<String>,
        source: Option<String>,
        event_type: Option<String>,
        search: Option<String>,
        before: Option<i64>,
        limit: Option<u32>,
        is_open: Option<bool>,
    ) -> Option<NativeOperation> {
        let of = match name {
            Some(name) => Some(State::from_name(&name)?),
            None => None,
        };
        let limit = usize::try_from(limit.unwrap_or_default()).unwrap_or_default();
        let filter = Filter { state: of, source, event_type, search, before, limit };
        let outcome =
            |entries: Vec<Entry>| Either9::G(entries.into_iter().map(EntryFacts::from).collect());
        Some(NativeOperation::of(self.0.list(filter, state(is_open)), outcome))
    }

    #[napi(catch_unwind)]
    pub fn show(&self, seq: i64, is_open: Option<bool>) -> NativeOperation {
        NativeOperation::of(self.0.show(seq, state(is_open)), |kept| {
            kept.map_or_else(nothing, |kept| Either9::H(KeptFacts::from(kept)))
        })
    }

    #[napi(catch_unwind)]
    pub fn retry(&self, seq: Option<i64>, is_open: Option<bool>) -> NativeOperation {
        NativeOperation::of(self.0.retry(seq, state(is_open)), count)
    }

    #[napi(catch_unwind)]
    pub fn replay(&self, seq: i64, is_open: Option<bool>) -> NativeOperation {
        NativeOperation::of(self.0.replay(seq, state(is_open)), Either9::B)
    }

    #[napi(catch_unwind)]
    pub fn discard(&self, seq: i64, is_open: Option<bool>) -> NativeOperation {
        NativeOperation::of(self.0.discard(seq, state(is_open)), Either9::B)
    }

    #[napi(catch_unwind)]
    pub fn prune(&self, keep: Option<f64>, is_open: Option<bool>) -> NativeOperation {
        NativeOperation::of(self.0.prune(keep.map(seconds), state(is_open)), count)
    }
}

/// A statement to run.
#[napi(object, object_from_js = false)]
pub struct RunStatement {
    pub sql: String,
    #[napi(ts_type = "Array<bigint | string | Buffer | null>")]
    pub parameters: Vec<Parameter>,
    /// `transaction`, `query` or `change`.
    pub kind: &'static str,
}

/// Why an operation did not do what it was asked for.
#[napi(object, object_from_js = false)]
pub struct Failure {
    pub code: &'static str,
    pub message: String,
    pub http_status: u16,
    pub retry_after: Option<u32>,
}

impl From<InboxError> for Failure {
    fn from(error: InboxError) -> Self {
        Self {
            code: error.code(),
            message: error.message().to_owned(),
            http_status: error.http_status(),
            retry_after: error.retry_after(),
        }
    }
}

/// What is next in an operation: a statement, or its end.
#[napi(object, object_from_js = false)]
pub struct Progress {
    pub statement: Option<RunStatement>,
    pub failure: Option<Failure>,
    #[napi(ts_type = "any")]
    pub outcome: Option<Outcome>,
}

type Advance = Box<dyn FnMut(Option<Reply>) -> Progress>;

/// An operation, whatever it gives.
#[napi]
pub struct NativeOperation(Advance);

impl NativeOperation {
    fn of<T: 'static>(
        mut operation: Operation<T>,
        outcome: impl Fn(T) -> Outcome + 'static,
    ) -> Self {
        Self(Box::new(move |reply| {
            let step = match reply {
                None => operation.start(),
                Some(reply) => operation.resume(reply),
            };
            let mut progress = Progress { statement: None, failure: None, outcome: None };
            match step {
                Step::Run(statement) => progress.statement = Some(statement.into()),
                Step::Done(Ok(done)) => progress.outcome = Some(outcome(done)),
                Step::Done(Err(error)) => progress.failure = Some(error.into()),
                _ => progress.failure = Some(unreachable()),
            }
            progress
        }))
    }
}

#[napi]
impl NativeOperation {
    #[napi(catch_unwind)]
    pub fn start(&mut self) -> Progress {
        (self.0)(None)
    }

    /// Goes on with the rows that a statement gave.
    #[napi(catch_unwind)]
    pub fn rows(
        &mut self,
        #[napi(ts_arg_type = "Array<Array<unknown>>")] rows: Vec<Vec<Cell>>,
    ) -> Progress {
        let values = |row: Vec<Cell>| row.into_iter().map(reply::value).collect();
        (self.0)(Some(Reply::Rows(rows.into_iter().map(values).collect())))
    }

    /// Goes on with how many rows a statement changed.
    #[napi(catch_unwind)]
    pub fn changed(&mut self, count: i64) -> Progress {
        (self.0)(Some(Reply::Changed(u64::try_from(count).unwrap_or_default())))
    }

    /// Goes on with why the database refused a statement.
    #[napi(catch_unwind)]
    pub fn failed(
        &mut self,
        sqlstate: Option<String>,
        code: Option<i64>,
        message: String,
    ) -> Progress {
        (self.0)(Some(Reply::Failed(DatabaseError { sqlstate, code, message })))
    }
}

/// A verified delivery, to be stored.
#[napi]
pub struct NativeVerified {
    event: Event<'static>,
    delivery: Verified,
}

#[napi]
impl NativeVerified {
    #[napi(catch_unwind)]
    pub fn event(&self) -> NativeEvent {
        NativeEvent(self.event.clone())
    }
}

/// A delivery that is leased.
#[napi]
pub struct NativeClaimed(Claimed);

#[napi]
impl NativeClaimed {
    #[napi(catch_unwind)]
    pub fn seq(&self) -> i64 {
        self.0.seq()
    }

    #[napi(catch_unwind)]
    pub fn attempt(&self) -> u32 {
        self.0.attempt()
    }

    #[napi(catch_unwind)]
    pub fn source(&self) -> &str {
        self.0.source()
    }

    /// When it was stored, in milliseconds since 1970.
    #[napi(catch_unwind)]
    pub fn received_at(&self) -> f64 {
        let since = self.0.received_at().duration_since(SystemTime::UNIX_EPOCH);
        since.unwrap_or_default().as_secs_f64() * 1000.0
    }

    #[napi(catch_unwind)]
    pub fn event(&self) -> NativeEvent {
        NativeEvent(self.0.event().clone())
    }
}

/// What became of a delivery that was received.
#[napi(object, object_from_js = false)]
pub struct ReceivedFacts {
    pub status: &'static str,
    pub is_conflict: bool,
}

impl From<Received> for ReceivedFacts {
    fn from(received: Received) -> Self {
        let (status, is_conflict) = match received {
            Received::Duplicate { is_conflict } => ("duplicate", is_conflict),
            Received::Check => ("check", false),
            _ => ("stored", false),
        };
        Self { status, is_conflict }
    }
}

/// Counts of deliveries that are not done.
#[napi(object, object_from_js = false)]
pub struct StatsFacts {
    pub sources: Vec<SourceFacts>,
    pub conflicts: i64,
}

/// A source's counts of deliveries that are not done.
#[napi(object, object_from_js = false)]
pub struct SourceFacts {
    pub source: String,
    pub is_known: bool,
    pub waiting: i64,
    pub leased: i64,
    pub blocked: i64,
    pub dead: i64,
    /// In seconds.
    pub oldest_due: f64,
    pub has_late: bool,
}

impl From<Stats> for StatsFacts {
    fn from(stats: Stats) -> Self {
        let source = |source: hookseal::inbox::SourceStats| SourceFacts {
            is_known: source.is_known,
            waiting: number(source.waiting),
            leased: number(source.leased),
            blocked: number(source.blocked),
            dead: number(source.dead),
            oldest_due: source.oldest_due.as_secs_f64(),
            has_late: source.has_late,
            source: source.source,
        };
        Self {
            sources: stats.sources.into_iter().map(source).collect(),
            conflicts: number(stats.conflicts),
        }
    }
}

fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A delivery in a list; times are in milliseconds since 1970.
#[napi(object, object_from_js = false)]
pub struct EntryFacts {
    pub seq: i64,
    pub source: String,
    pub state: &'static str,
    pub due: Option<i64>,
    pub attempts: u32,
    pub error: Option<String>,
    pub finished_at: Option<i64>,
    pub is_late: bool,
    pub dedupe_key: String,
    pub received_at: i64,
    pub event_type: String,
    pub duplicates: i64,
    pub conflicts: i64,
    pub body_length: Option<i64>,
}

impl From<Entry> for EntryFacts {
    fn from(entry: Entry) -> Self {
        Self {
            seq: entry.seq,
            source: entry.source,
            state: entry.state.as_str(),
            due: entry.due,
            attempts: entry.attempts,
            error: entry.error,
            finished_at: entry.finished_at,
            is_late: entry.is_late,
            dedupe_key: entry.dedupe_key,
            received_at: entry.received_at,
            event_type: entry.event_type,
            duplicates: number(entry.duplicates),
            conflicts: number(entry.conflicts),
            body_length: entry.body_length.map(number),
        }
    }
}

/// What is kept of a delivery.
#[napi(object, object_from_js = false)]
pub struct KeptFacts {
    pub headers: Vec<Vec<String>>,
    pub body: Buffer,
}

impl From<Kept> for KeptFacts {
    fn from(kept: Kept) -> Self {
        let headers = kept.headers.into_iter().map(|(name, value)| vec![name, value]).collect();
        Self { headers, body: kept.body.into() }
    }
}

/// What an operation gives.
pub(crate) type Outcome = Either9<
    Null,
    bool,
    f64,
    ReceivedFacts,
    Vec<NativeClaimed>,
    StatsFacts,
    Vec<EntryFacts>,
    KeptFacts,
    String,
>;

impl From<Statement> for RunStatement {
    fn from(statement: Statement) -> Self {
        Self {
            sql: statement.sql,
            parameters: statement.parameters.into_iter().map(reply::parameter).collect(),
            kind: match statement.kind {
                StatementKind::Query => "query",
                StatementKind::Change => "change",
                _ => "transaction",
            },
        }
    }
}

fn nothing() -> Outcome {
    Either9::A(Null)
}

fn outcome_of(received: Received) -> Outcome {
    Either9::D(received.into())
}

#[expect(clippy::cast_precision_loss, reason = "no table has that many rows")]
fn count(count: u64) -> Outcome {
    Either9::C(count as f64)
}
