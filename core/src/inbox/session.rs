//! A connection and an inbox together: how an operation runs the inbox's statements.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;

use super::dialect::Dialect;
use super::failure::{
    DatabaseError, Failure, InboxError, InboxErrorCode, no_transaction, open_transaction,
};
use super::handle::Shared;
use super::operation::{Database, Row};
use super::statements::SCHEMA_VERSION;
use super::value::Value;

/// The state of a connection's transaction, as far as its driver knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TransactionState {
    /// A transaction is open, or the driver opens one before each statement by itself.
    Open,
    /// No transaction is open.
    Closed,
    /// The driver does not know: the database is asked.
    #[default]
    Unknown,
}

/// What a transaction is for.
#[derive(Clone, Copy)]
pub(super) enum Access {
    Read,
    Write,
}

pub(super) struct Session {
    database: Database,
    pub(super) shared: Arc<Shared>,
    /// Whether another transaction was in the way of the last statement that failed.
    conflict: AtomicBool,
}

impl Session {
    pub(super) fn new(database: Database, shared: Arc<Shared>) -> Self {
        Self { database, shared, conflict: AtomicBool::new(false) }
    }

    fn failed(&self, error: &DatabaseError) -> InboxError {
        let is_conflict = error.failure(self.shared.dialect) == Failure::Conflict;
        self.conflict.store(is_conflict, Relaxed);
        InboxError::database(self.shared.dialect, error)
    }

    /// Whether what failed may succeed at once when it is done again, from the begin of its
    /// transaction.
    pub(super) fn was_conflict(&self) -> bool {
        self.conflict.swap(false, Relaxed)
    }

    /// Inserts a row and returns whether it did: not if one with the same key is there.
    pub(super) async fn insert(
        &self,
        name: &str,
        parameters: Vec<Value>,
    ) -> Result<bool, InboxError> {
        let sql = self.shared.statements.get(name);
        match self.database.change(sql, parameters).await {
            Ok(count) => Ok(count > 0),
            Err(error) if error.failure(self.shared.dialect) == Failure::Duplicate => Ok(false),
            Err(error) => Err(self.failed(&error)),
        }
    }

    /// Runs a statement as it is.
    pub(super) async fn execute(&self, sql: String) -> Result<(), InboxError> {
        self.database.change(sql, Vec::new()).await.map_err(|error| self.failed(&error))?;
        Ok(())
    }

    pub(super) async fn query(
        &self,
        name: &str,
        parameters: Vec<Value>,
    ) -> Result<Vec<Row>, InboxError> {
        let sql = self.shared.statements.get(name);
        self.database.query(sql, parameters).await.map_err(|error| self.failed(&error))
    }

    /// Runs a query with a list of `list` parameters and a limit.
    pub(super) async fn query_with(
        &self,
        name: &str,
        parameters: Vec<Value>,
        list: usize,
        limit: usize,
    ) -> Result<Vec<Row>, InboxError> {
        let sql = self.shared.statements.with(name, list, limit);
        self.database.query(sql, parameters).await.map_err(|error| self.failed(&error))
    }

    pub(super) async fn change(
        &self,
        name: &str,
        parameters: Vec<Value>,
    ) -> Result<u64, InboxError> {
        let sql = self.shared.statements.get(name);
        self.database.change(sql, parameters).await.map_err(|error| self.failed(&error))
    }

    /// Runs a change with a list of parameters, the last ones.
    pub(super) async fn change_with(
        &self,
        name: &str,
        parameters: Vec<Value>,
        list: usize,
    ) -> Result<u64, InboxError> {
        let sql = self.shared.statements.with(name, list, 0);
        self.database.change(sql, parameters).await.map_err(|error| self.failed(&error))
    }

    async fn control(&self, name: &str) -> Result<(), DatabaseError> {
        self.database.control(&self.shared.statements.get(name)).await
    }

    /// Begins a transaction of the inbox's own.
    pub(super) async fn begin(&self, state: TransactionState) -> Result<(), InboxError> {
        self.begin_for(Access::Write, state).await
    }

    /// Begins one for reading alone, or for writing.
    pub(super) async fn begin_for(
        &self,
        access: Access,
        state: TransactionState,
    ) -> Result<(), InboxError> {
        let begin = match access {
            Access::Read => "begin_read",
            Access::Write => "begin",
        };
        if self.shared.dialect != Dialect::Sqlite {
            self.refuse_open(state).await?;
            self.check_version().await?;
            return self.start(begin).await;
        }
        // First, for that is how SQLite tells that one is open.
        self.start(begin).await?;
        let checked = self.check_version().await;
        if checked.is_err() {
            let _ = self.control("rollback").await;
        }
        checked
    }

    /// Begins one for making the tables.
    pub(super) async fn begin_unchecked(&self, state: TransactionState) -> Result<(), InboxError> {
        self.refuse_open(state).await?;
        self.start("begin").await
    }

    async fn refuse_open(&self, state: TransactionState) -> Result<(), InboxError> {
        // SQLite refuses to begin a second one; the others would commit or join the first. A driver may
        // believe in one that is no more, as that of a connection that was lost.
        let may_be_open = state != TransactionState::Closed;
        if may_be_open && self.shared.dialect != Dialect::Sqlite && self.is_open().await? {
            return Err(open_transaction());
        }
        Ok(())
    }

    async fn start(&self, begin: &str) -> Result<(), InboxError> {
        if self.shared.dialect == Dialect::Mysql {
            self.control("isolation").await.map_err(|error| self.failed(&error))?;
        }
        self.control(begin).await.map_err(|error| self.failed(&error))
    }

    /// Commits the inbox's own transaction, or rolls it back if what was done in it failed.
    pub(super) async fn end<T>(&self, done: Result<T, InboxError>) -> Result<T, InboxError> {
        match done {
            Ok(done) => {
                if let Err(error) = self.control("commit").await {
                    // It may be open still, as with SQLite's BUSY.
                    let _ = self.control("rollback").await;
                    return Err(self.failed(&error));
                }
                Ok(done)
            }
            Err(error) => {
                // The database may have ended it by itself: then there is nothing to roll back.
                let _ = self.control("rollback").await;
                Err(error)
            }
        }
    }

    /// Rolls back.
    pub(super) async fn roll_back(&self) -> Result<(), InboxError> {
        self.control("rollback").await.map_err(|error| self.failed(&error))
    }

    /// Makes sure that what follows belongs to a transaction of the caller's.
    pub(super) async fn join(&self, state: TransactionState) -> Result<(), InboxError> {
        self.join_where(state, self.shared.dialect == Dialect::Postgresql).await
    }

    /// The same for a key's insertion, which MariaDB refuses by itself outside of a transaction.
    pub(super) async fn join_to_insert(&self, state: TransactionState) -> Result<(), InboxError> {
        self.check_version().await?;
        let is_mariadb = self.shared.is_mariadb.load(Relaxed);
        self.join_where(state, is_mariadb || self.shared.dialect == Dialect::Postgresql).await
    }

    async fn join_where(&self, state: TransactionState, trusts: bool) -> Result<(), InboxError> {
        if !self.is_joined(state, trusts).await? {
            return Err(no_transaction());
        }
        self.check_version().await
    }

    /// Whether a transaction of the caller's is open. Except for PostgreSQL, a database may end one
    /// without the driver's knowledge: at a deadlock, or when the disk is full.
    async fn is_joined(&self, state: TransactionState, trusts: bool) -> Result<bool, InboxError> {
        match state {
            TransactionState::Open if trusts => Ok(true),
            TransactionState::Closed => Ok(false),
            TransactionState::Open | TransactionState::Unknown => self.is_open().await,
        }
    }

    /// Joins the caller's transaction if one is open, else begins one of the inbox's own; returns
    /// whether it did.
    pub(super) async fn join_or_begin(&self, state: TransactionState) -> Result<bool, InboxError> {
        let is_own = !self.is_joined(state, true).await?;
        self.check_version().await?;
        if is_own {
            self.start("begin").await?;
        }
        Ok(is_own)
    }

    /// Sets a savepoint, by which the transaction is known again.
    pub(super) async fn set_savepoint(&self) -> Result<(), InboxError> {
        self.control("savepoint").await.map_err(|error| self.failed(&error))
    }

    /// Makes sure that the transaction is the one in which the savepoint was set.
    pub(super) async fn release_savepoint(&self) -> Result<(), InboxError> {
        match self.control("release_savepoint").await {
            Ok(()) => Ok(()),
            Err(error) if error.failure(self.shared.dialect) == Failure::NoTransaction => {
                Err(InboxError::rolled_back())
            }
            Err(error) => Err(self.failed(&error)),
        }
    }

    /// Asks the database whether a transaction is open, and leaves it as it is.
    async fn is_open(&self) -> Result<bool, InboxError> {
        let dialect = self.shared.dialect;
        if dialect == Dialect::Sqlite {
            return match self.control("probe").await {
                Ok(()) => {
                    self.control("rollback").await.map_err(|error| self.failed(&error))?;
                    Ok(false)
                }
                Err(error) if error.failure(dialect) == Failure::OpenTransaction => Ok(true),
                Err(error) => Err(self.failed(&error)),
            };
        }
        for name in ["probe", "probe_end"] {
            match self.control(name).await {
                Ok(()) => {}
                Err(error) if error.failure(dialect) == Failure::NoTransaction => return Ok(false),
                Err(error) => return Err(self.failed(&error)),
            }
        }
        Ok(true)
    }

    /// Checks once that the tables are of this library's version.
    pub(super) async fn check_version(&self) -> Result<(), InboxError> {
        if self.shared.is_checked.load(Relaxed) {
            return Ok(());
        }
        match self.version().await? {
            Some(SCHEMA_VERSION) => {
                self.shared.is_checked.store(true, Relaxed);
                Ok(())
            }
            found => Err(wrong_version(found)),
        }
    }

    /// The version that the tables say, none if they say none.
    pub(super) async fn version(&self) -> Result<Option<i64>, InboxError> {
        let rows = self.query("version", Vec::new()).await?;
        let row = rows.first();
        let is_mariadb = row.and_then(|row| row.integer(1)).is_some();
        self.shared.is_mariadb.store(is_mariadb, Relaxed);
        Ok(row.and_then(|row| row.integer(0)))
    }
}

pub(super) fn wrong_version(found: Option<i64>) -> InboxError {
    let message = match found {
        Some(found) if found > SCHEMA_VERSION => format!(
            "the inbox's tables are of version {found}, and this hookseal knows up to \
             {SCHEMA_VERSION}: update it before it writes to them"
        ),
        Some(found) => format!(
            "the inbox's tables are of version {found}, and this hookseal needs {SCHEMA_VERSION}: \
             call `migrate`"
        ),
        None => "the inbox's table of its version is empty: it must hold one row".to_owned(),
    };
    InboxError::new(InboxErrorCode::SchemaVersion, message)
}
