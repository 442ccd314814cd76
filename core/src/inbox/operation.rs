//! Operations of the inbox: statements to run one after the other, and their result.
//!
//! Operations are written as `async` functions that await a [`Database`]. An [`Operation`] runs one
//! without a runtime: it stops at each statement and goes on with the reply, so that every language
//! runs it on its own connection, blocking or not.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};
use std::sync::{Arc, Mutex, PoisonError};

use super::failure::{DatabaseError, InboxError};
use super::value::{Value, ValueType};

/// The kind of a statement, which tells a driver how to run it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StatementKind {
    /// A statement that begins, ends or sets up a transaction; it has no parameters.
    Transaction,
    /// A statement that returns rows: reply with [`Reply::Rows`], all of them fetched.
    Query,
    /// A statement that changes rows: reply with [`Reply::Changed`].
    Change,
}

/// A statement to run on the user's connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The SQL, its parameters marked as the driver wants them.
    pub sql: String,
    /// The parameters, in order.
    pub parameters: Vec<Value>,
    /// The kind of the statement.
    pub kind: StatementKind,
}

/// The result of a statement, from the driver.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Reply {
    /// The rows of a query.
    Rows(Vec<Vec<Value>>),
    /// The number of rows that were changed; 0 for a statement of a transaction.
    Changed(u64),
    /// The error with which the database refused the statement.
    Failed(DatabaseError),
}

/// The next step of an operation.
#[derive(Debug)]
#[non_exhaustive]
pub enum Step<T> {
    /// Run this statement, and give its reply to [`Operation::resume`].
    Run(Statement),
    /// The operation has ended.
    Done(Result<T, InboxError>),
}

type Running<T> = Pin<Box<dyn Future<Output = Result<T, InboxError>> + Send>>;

/// Work on the inbox that runs one statement after the other on a connection of the caller's.
///
/// Call [`start`](Self::start), run the statement that it asks for, give the reply to
/// [`resume`](Self::resume), and so on until it is done. Nothing else may use the connection in
/// between. An operation that is dropped before leaves an open transaction to be rolled back.
pub struct Operation<T> {
    /// `None` once it is done.
    running: Option<Running<T>>,
    database: Database,
}

impl<T> Operation<T> {
    pub(super) fn new<F>(operation: impl FnOnce(Database) -> F) -> Self
    where
        F: Future<Output = Result<T, InboxError>> + Send + 'static,
    {
        let database = Database::default();
        Self { running: Some(Box::pin(operation(database.clone()))), database }
    }

    /// Starts the operation, and returns the first statement to run.
    pub fn start(&mut self) -> Step<T> {
        self.advance()
    }

    /// Goes on with the reply to the last statement.
    pub fn resume(&mut self, reply: Reply) -> Step<T> {
        self.database.slot().reply = Some(reply);
        self.advance()
    }

    fn advance(&mut self) -> Step<T> {
        let Some(running) = &mut self.running else {
            return Step::Done(Err(InboxError::misused("the operation has ended: make a new one")));
        };
        let mut context = Context::from_waker(Waker::noop());
        if let Poll::Ready(outcome) = running.as_mut().poll(&mut context) {
            self.running = None;
            return Step::Done(outcome);
        }
        match self.database.slot().statement.take() {
            Some(statement) => Step::Run(statement),
            None => Step::Done(Err(InboxError::misused(
                "the operation waits for a statement's reply: give it with `resume`",
            ))),
        }
    }
}

impl<T> fmt::Debug for Operation<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_done = self.running.is_none();
        f.debug_struct("Operation").field("is_done", &is_done).finish_non_exhaustive()
    }
}

/// The connection that an operation's statements are run on, as the operation sees it.
#[derive(Clone, Default)]
pub(super) struct Database(Arc<Mutex<Slot>>);

#[derive(Default)]
struct Slot {
    statement: Option<Statement>,
    reply: Option<Reply>,
}

impl Database {
    fn slot(&self) -> std::sync::MutexGuard<'_, Slot> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs a query and returns its rows.
    pub(super) async fn query(
        &self,
        sql: String,
        parameters: Vec<Value>,
    ) -> Result<Vec<Row>, DatabaseError> {
        let statement = Statement { sql, parameters, kind: StatementKind::Query };
        match self.run(statement).await {
            Reply::Rows(rows) => Ok(rows.into_iter().map(Row).collect()),
            Reply::Changed(_) => Ok(Vec::new()),
            Reply::Failed(error) => Err(error),
        }
    }

    /// Runs a statement that changes rows and returns how many it changed.
    pub(super) async fn change(
        &self,
        sql: String,
        parameters: Vec<Value>,
    ) -> Result<u64, DatabaseError> {
        let statement = Statement { sql, parameters, kind: StatementKind::Change };
        match self.run(statement).await {
            Reply::Changed(count) => Ok(count),
            Reply::Rows(rows) => Ok(rows.len() as u64),
            Reply::Failed(error) => Err(error),
        }
    }

    /// Runs a statement of a transaction.
    pub(super) async fn control(&self, sql: &str) -> Result<(), DatabaseError> {
        let (sql, parameters) = (sql.to_owned(), Vec::new());
        match self.run(Statement { sql, parameters, kind: StatementKind::Transaction }).await {
            Reply::Failed(error) => Err(error),
            Reply::Rows(_) | Reply::Changed(_) => Ok(()),
        }
    }

    async fn run(&self, statement: Statement) -> Reply {
        let mut statement = Some(statement);
        core::future::poll_fn(move |_| {
            let mut slot = self.slot();
            if let Some(statement) = statement.take() {
                slot.statement = Some(statement);
                slot.reply = None;
                return Poll::Pending;
            }
            slot.reply.take().map_or(Poll::Pending, Poll::Ready)
        })
        .await
    }
}

/// A row of a query, whose values are taken in order.
pub(super) struct Row(Vec<Value>);

impl Row {
    fn take(&mut self, index: usize) -> Value {
        let null = Value::Null(ValueType::Text);
        self.0.get_mut(index).map_or(null.clone(), |value| core::mem::replace(value, null))
    }

    pub(super) fn integer(&self, index: usize) -> Option<i64> {
        self.0.get(index)?.integer()
    }

    pub(super) fn text(&mut self, index: usize) -> Option<String> {
        self.take(index).text()
    }

    pub(super) fn bytes(&mut self, index: usize) -> Option<Vec<u8>> {
        self.take(index).bytes()
    }
}
