//! A worker: it claims deliveries and gives each to a handler, in a transaction.

use std::error::Error;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use hookseal::inbox::{Claimed, InboxError};
use sqlx::Transaction;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::engine::Engine;
use crate::inbox::Inbox;
use crate::log;

/// The future that a handler returns.
pub type Handled<'a> =
    Pin<Box<dyn Future<Output = Result<(), Box<dyn Error + Send + Sync>>> + Send + 'a>>;

/// A handler of deliveries. What it writes in the transaction is committed together with the record
/// that the delivery is done, and rolled back if it returns an error; the delivery is then tried
/// again.
///
/// The error's text is kept with the delivery, for people to see: put nothing of a payload into it. Of
/// an [`sqlx::Error`], also as a cause, only the database's code is kept.
pub type Handler<DB> =
    dyn for<'a> Fn(&'a Claimed, &'a mut Transaction<'static, DB>) -> Handled<'a> + Send + Sync;

/// A worker that handles the deliveries of an inbox until it is told to stop.
///
/// It writes one event of [`tracing`](https://docs.rs/tracing) for each outcome, with the target
/// `hookseal_sqlx::worker` and without anything of a payload; a handler's error is written at the
/// level `DEBUG` alone, because it may hold a part of one.
#[derive(Clone, Debug)]
pub struct Worker<DB: Engine> {
    inbox: Inbox<DB>,
    concurrency: usize,
    idle: Duration,
}

impl<DB: Engine> Worker<DB> {
    /// Returns a worker that handles one delivery at a time.
    #[must_use]
    pub fn new(inbox: Inbox<DB>) -> Self {
        Self { inbox, concurrency: 1, idle: Duration::from_secs(1) }
    }

    /// Sets how many deliveries are handled at once. Each needs a connection of the pool.
    #[must_use]
    pub fn concurrency(mut self, concurrency: usize) -> Self {
        self.concurrency = concurrency.max(1);
        self
    }

    /// Sets how long to wait before looking again when nothing is due; a second if not given.
    #[must_use]
    pub fn idle(mut self, idle: Duration) -> Self {
        self.idle = idle;
        self
    }

    /// Handles deliveries until `stop` ends; what is being handled then is handled to its end.
    /// A database that cannot be reached is waited for.
    ///
    /// # Errors
    /// What does not pass by itself: the tables are missing or of another version, or the inbox
    /// claims nothing.
    pub async fn run(
        &self,
        handler: Arc<Handler<DB>>,
        stop: impl Future<Output = ()>,
    ) -> Result<(), InboxError> {
        let permits = Arc::new(Semaphore::new(self.concurrency));
        let mut running = JoinSet::new();
        let mut stop = core::pin::pin!(stop);
        let ended = loop {
            let permit = tokio::select! {
                () = &mut stop => break Ok(()),
                permit = permits.clone().acquire_owned() => permit,
            };
            let Ok(permit) = permit else { break Ok(()) };
            let claimed = match self.inbox.claim(1).await {
                Ok(claimed) => claimed.into_iter().next(),
                // Only what may succeed later is waited for.
                Err(error) if error.retry_after().is_some() => {
                    log::no_claim(&error);
                    None
                }
                Err(error) => break Err(error),
            };
            let Some(claimed) = claimed else {
                drop(permit);
                tokio::select! {
                    () = &mut stop => break Ok(()),
                    () = tokio::time::sleep(self.idle) => continue,
                }
            };
            let (inbox, handler) = (self.inbox.clone(), handler.clone());
            running.spawn(async move {
                handle(&inbox, &claimed, &*handler).await;
                drop(permit);
            });
            while running.try_join_next().is_some() {}
        };
        while running.join_next().await.is_some() {}
        ended
    }
}

/// Handles one delivery to its end. What cannot be recorded is tried again when its lease ends.
async fn handle<DB: Engine>(inbox: &Inbox<DB>, claimed: &Claimed, handler: &Handler<DB>) {
    let extending = async {
        loop {
            tokio::time::sleep(inbox.lease() / 3).await;
            if let Err(error) = inbox.extend(claimed).await {
                log::not_extended(claimed, &error);
                // A lease that is lost does not come back.
                if error.retry_after().is_none() {
                    break;
                }
            }
        }
        core::future::pending::<()>().await;
    };
    let done = tokio::select! {
        done = attempt(inbox, claimed, handler) => done,
        () = extending => Ok(()),
    };
    let Err(failure) = done else { return log::done(claimed) };
    log::failed(claimed, &failure);
    match inbox.release(claimed, &failure).await {
        Ok(Some(wait)) => log::released(claimed, wait),
        Ok(None) => log::dead(claimed),
        Err(error) => log::not_released(claimed, &error),
    }
}

/// Runs the handler in a transaction with the record that the delivery is done; gives what to say of
/// an error.
async fn attempt<DB: Engine>(
    inbox: &Inbox<DB>,
    claimed: &Claimed,
    handler: &Handler<DB>,
) -> Result<(), String> {
    let database = |error: sqlx::Error| format!("database: {}", kind(&error));
    let mut transaction = inbox.pool().begin().await.map_err(database)?;
    let marked: Result<(), InboxError> = inbox.savepoint(&mut transaction, claimed).await;
    marked.map_err(|error| error.message().to_owned())?;
    handler(claimed, &mut transaction).await.map_err(|error| told(&*error))?;
    let completed: Result<(), InboxError> = inbox.complete(&mut transaction, claimed).await;
    completed.map_err(|error| error.message().to_owned())?;
    transaction.commit().await.map_err(database)
}

/// What is kept of a handler's error: its text, but of a database's, which may name a row's values, the
/// kind.
fn told(error: &(dyn Error + 'static)) -> String {
    let mut cause = Some(error);
    while let Some(one) = cause {
        if let Some(of_database) = one.downcast_ref::<sqlx::Error>() {
            return format!("database: {}", kind(of_database));
        }
        cause = one.source();
    }
    error.to_string()
}

/// The kind of a database's error, without rows' values.
fn kind(error: &sqlx::Error) -> String {
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    code.map_or_else(|| "the connection failed".to_owned(), |code| format!("error {code}"))
}
