//! The inbox over a pool of connections.

use std::sync::Arc;
use std::time::Duration;

use hookseal::inbox::{
    self, Backoff, Claimed, Entry, Filter, InboxError, Kept, Operation, Order, Received, Stats,
    Step, TransactionState,
};
use hookseal::{Event, Headers, Webhook};
use sqlx::pool::PoolConnection;
use sqlx::{Pool, Transaction};

use crate::engine::Engine;

/// Options of an [`Inbox`].
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The webhooks whose deliveries are kept, each under a name that must not change, and the order
    /// that its events are handled in, if any.
    pub sources: Vec<(String, Arc<Webhook>, Option<Order>)>,
    /// The prefix of the tables' names; `hookseal_` by default.
    pub prefix: Option<String>,
    /// The number of attempts, and how long a delivery waits in between.
    pub backoff: Option<Backoff>,
    /// The duration of the lease of a claimed delivery; 60 seconds by default.
    pub lease: Option<Duration>,
}

/// An inbox in the database of a pool of connections.
#[derive(Debug)]
pub struct Inbox<DB: Engine> {
    pool: Pool<DB>,
    inbox: inbox::Inbox,
}

impl<DB: Engine> Clone for Inbox<DB> {
    fn clone(&self) -> Self {
        Self { pool: self.pool.clone(), inbox: self.inbox.clone() }
    }
}

impl<DB: Engine> Inbox<DB> {
    /// Returns the inbox of one webhook, whose deliveries are kept under its provider's name.
    ///
    /// # Errors
    /// As [`with_options`](Self::with_options).
    pub fn new(pool: Pool<DB>, webhook: Arc<Webhook>) -> Result<Self, InboxError> {
        let name = webhook.scheme().name().to_owned();
        Self::with_options(
            pool,
            Options { sources: vec![(name, webhook, None)], ..Options::default() },
        )
    }

    /// Returns an inbox with options.
    ///
    /// # Errors
    /// [`InboxErrorCode::InvalidInbox`](hookseal::inbox::InboxErrorCode::InvalidInbox) if there is
    /// no source, or an option cannot be used.
    pub fn with_options(pool: Pool<DB>, options: Options) -> Result<Self, InboxError> {
        let mut builder = inbox::Inbox::builder(DB::DIALECT).placeholder(DB::PLACEHOLDER);
        for (name, webhook, order) in options.sources {
            builder = builder.source(name, webhook, order);
        }
        if let Some(prefix) = options.prefix {
            builder = builder.prefix(prefix);
        }
        if let Some(backoff) = options.backoff {
            builder = builder.backoff(backoff);
        }
        if let Some(lease) = options.lease {
            builder = builder.lease(lease);
        }
        Ok(Self { pool, inbox: builder.build()? })
    }

    /// Returns an inbox without sources, for administration: it counts, lists, retries and prunes
    /// what is stored, and neither receives nor claims.
    ///
    /// # Errors
    /// [`InboxErrorCode::InvalidInbox`](hookseal::inbox::InboxErrorCode::InvalidInbox) if the prefix
    /// cannot be used.
    pub fn for_administration(pool: Pool<DB>, prefix: Option<&str>) -> Result<Self, InboxError> {
        let mut builder = inbox::Inbox::builder(DB::DIALECT).placeholder(DB::PLACEHOLDER);
        if let Some(prefix) = prefix {
            builder = builder.prefix(prefix);
        }
        Ok(Self { pool, inbox: builder.build_for_administration()? })
    }

    /// Returns the pool.
    #[must_use]
    pub fn pool(&self) -> &Pool<DB> {
        &self.pool
    }

    /// Returns the webhook of a source, which may be left out if the inbox has but one.
    ///
    /// # Errors
    /// [`InboxErrorCode::UnknownSource`](hookseal::inbox::InboxErrorCode::UnknownSource).
    pub fn webhook(&self, source: Option<&str>) -> Result<&Arc<Webhook>, InboxError> {
        self.inbox.webhook(source)
    }

    /// Makes the tables, unless they are there; returns whether it made them.
    ///
    /// # Errors
    /// See [`hookseal::inbox::Inbox::migrate`].
    pub async fn migrate(&self) -> Result<bool, InboxError> {
        self.alone(self.inbox.migrate(TransactionState::Closed)).await
    }

    /// Verifies a delivery and stores it, to be handled by a worker. Once this returns it is
    /// committed, and the sender may be answered with success.
    ///
    /// # Errors
    /// See [`hookseal::inbox::Inbox::verify`] and [`store`](hookseal::inbox::Inbox::store): answer
    /// with the error's status.
    pub async fn receive<'b>(
        &self,
        source: Option<&str>,
        body: &'b [u8],
        headers: &(impl Headers + ?Sized),
    ) -> Result<(Event<'b>, Received), InboxError> {
        let (event, verified) = self.inbox.verify(source, body, headers)?;
        let received = self.alone(self.inbox.store(&verified, TransactionState::Closed)).await?;
        Ok((event, received))
    }

    /// Records an event as handled in the caller's transaction; returns true the first time and
    /// false for a duplicate.
    ///
    /// # Errors
    /// See [`hookseal::inbox::Inbox::once`]: roll back and answer with the error's status.
    pub async fn once(
        &self,
        transaction: &mut Transaction<'_, DB>,
        source: Option<&str>,
        event: &Event<'_>,
    ) -> Result<bool, InboxError> {
        let operation = self.inbox.once(source, event, TransactionState::Open)?;
        run::<DB, _>(transaction, operation).await
    }

    /// Leases up to `limit` deliveries that are due, each verified again.
    ///
    /// # Errors
    /// See [`hookseal::inbox::Inbox::claim`].
    pub async fn claim(&self, limit: usize) -> Result<Vec<Claimed>, InboxError> {
        self.alone(self.inbox.claim(limit, TransactionState::Closed)).await
    }

    /// Sets a savepoint in the caller's transaction, before a claimed delivery is handled in it:
    /// [`complete`](Self::complete) fails where the database has rolled the transaction back in the
    /// meantime. A [`Worker`](crate::Worker) does it by itself.
    ///
    /// # Errors
    /// See [`hookseal::inbox::Inbox::savepoint`].
    pub async fn savepoint(
        &self,
        transaction: &mut Transaction<'_, DB>,
        claimed: &Claimed,
    ) -> Result<(), InboxError> {
        run::<DB, _>(transaction, self.inbox.savepoint(claimed, TransactionState::Open)).await
    }

    /// Records a claimed delivery as done in the caller's transaction.
    ///
    /// # Errors
    /// See [`hookseal::inbox::Inbox::complete`].
    pub async fn complete(
        &self,
        transaction: &mut Transaction<'_, DB>,
        claimed: &Claimed,
    ) -> Result<(), InboxError> {
        run::<DB, _>(transaction, self.inbox.complete(claimed, TransactionState::Open)).await
    }

    /// Gives a claimed delivery back, to be tried again later; returns after how long, none if that
    /// was its last attempt and it is dead.
    ///
    /// # Errors
    /// See [`hookseal::inbox::Inbox::release`].
    pub async fn release(
        &self,
        claimed: &Claimed,
        error: &str,
    ) -> Result<Option<Duration>, InboxError> {
        self.alone(self.inbox.release(claimed, error, TransactionState::Closed)).await
    }

    /// Records a claimed delivery as dead.
    ///
    /// # Errors
    /// See [`hookseal::inbox::Inbox::dead`].
    pub async fn dead(&self, claimed: &Claimed, error: &str) -> Result<(), InboxError> {
        self.alone(self.inbox.dead(claimed, error, TransactionState::Closed)).await
    }

    /// Begins a claimed delivery's lease anew.
    ///
    /// # Errors
    /// See [`hookseal::inbox::Inbox::extend`].
    pub async fn extend(&self, claimed: &Claimed) -> Result<(), InboxError> {
        self.alone(self.inbox.extend(claimed, TransactionState::Closed)).await
    }

    /// Counts what is not done.
    ///
    /// # Errors
    /// See [`hookseal::inbox::Inbox::stats`].
    pub async fn stats(&self) -> Result<Stats, InboxError> {
        self.alone(self.inbox.stats(TransactionState::Closed)).await
    }

    /// Writes the counts as `OpenMetrics`, for monitoring.
    ///
    /// # Errors
    /// See [`hookseal::inbox::Inbox::openmetrics`].
    pub async fn openmetrics(&self) -> Result<String, InboxError> {
        self.alone(self.inbox.openmetrics(TransactionState::Closed)).await
    }

    /// Lists deliveries, the latest first.
    ///
    /// # Errors
    /// See [`hookseal::inbox::Inbox::list`].
    pub async fn list(&self, filter: Filter) -> Result<Vec<Entry>, InboxError> {
        self.alone(self.inbox.list(filter, TransactionState::Closed)).await
    }

    /// Returns what is kept of a delivery.
    ///
    /// # Errors
    /// See [`hookseal::inbox::Inbox::show`].
    pub async fn show(&self, seq: i64) -> Result<Option<Kept>, InboxError> {
        self.alone(self.inbox.show(seq, TransactionState::Closed)).await
    }

    /// Lets dead deliveries be tried again: the one with this number, or all; returns how many.
    ///
    /// # Errors
    /// See [`hookseal::inbox::Inbox::retry`].
    pub async fn retry(&self, seq: Option<i64>) -> Result<u64, InboxError> {
        self.alone(self.inbox.retry(seq, TransactionState::Closed)).await
    }

    /// Lets a delivery that is done be handled once more; returns whether there is such a one.
    ///
    /// # Errors
    /// See [`hookseal::inbox::Inbox::replay`].
    pub async fn replay(&self, seq: i64) -> Result<bool, InboxError> {
        self.alone(self.inbox.replay(seq, TransactionState::Closed)).await
    }

    /// Takes a dead delivery for done, so that those after it are handled; returns whether there is
    /// such a one.
    ///
    /// # Errors
    /// See [`hookseal::inbox::Inbox::discard`].
    pub async fn discard(&self, seq: i64) -> Result<bool, InboxError> {
        self.alone(self.inbox.discard(seq, TransactionState::Closed)).await
    }

    /// Removes what was done longer ago than `keep`, at least as long as its key counts; returns how
    /// many.
    ///
    /// # Errors
    /// See [`hookseal::inbox::Inbox::prune`].
    pub async fn prune(&self, keep: Option<Duration>) -> Result<u64, InboxError> {
        self.alone(self.inbox.prune(keep, TransactionState::Closed)).await
    }

    pub(crate) fn lease(&self) -> Duration {
        self.inbox.lease()
    }

    /// Runs an operation on a connection of its own, to its end even if the caller goes away: a
    /// connection with an open transaction must not go back to the pool.
    async fn alone<T: Send + 'static>(&self, operation: Operation<T>) -> Result<T, InboxError> {
        let pool = self.pool.clone();
        let running = tokio::spawn(async move {
            let mut connection: PoolConnection<DB> =
                pool.acquire().await.map_err(|_| InboxError::unreachable())?;
            run::<DB, T>(&mut connection, operation).await
        });
        running.await.unwrap_or_else(|_| Err(InboxError::unreachable()))
    }
}

/// Runs an operation's statements on a connection, one after the other.
async fn run<DB: Engine, T>(
    connection: &mut DB::Connection,
    mut operation: Operation<T>,
) -> Result<T, InboxError> {
    let mut step = operation.start();
    loop {
        step = match step {
            Step::Run(statement) => operation.resume(DB::run(connection, statement).await),
            Step::Done(done) => return done,
            _ => return Err(InboxError::unreachable()),
        };
    }
}
