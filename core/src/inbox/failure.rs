//! The errors of an inbox, and the failures of a database that cause them.

use core::fmt;
use std::borrow::Cow;

use super::dialect::Dialect;
use crate::Error;

/// An error that a database driver reported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DatabaseError {
    /// The five characters of SQLSTATE, where the driver has them.
    pub sqlstate: Option<String>,
    /// The engine's own number: MariaDB's and MySQL's error, SQLite's (extended) result code.
    pub code: Option<i64>,
    /// The driver's message. It is read and never shown: drivers put rows' values into it.
    pub message: String,
}

/// What a driver's error means to the inbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// Another transaction is in the way: the same may succeed when it is tried again.
    Conflict,
    /// Another transaction holds what is needed, for longer than the time limit.
    LockTimeout,
    /// A row with this key is there.
    Duplicate,
    /// A table of the inbox is not there.
    SchemaMissing,
    /// No transaction is open, or not the one in which the savepoint was set.
    NoTransaction,
    /// A transaction is open, where none may be.
    OpenTransaction,
    /// An earlier statement of the transaction failed, and nothing of it can be kept.
    Aborted,
    /// The row is larger than the server takes.
    TooLarge,
    /// The disk is full, or nothing may be written.
    NotWritable,
    /// The server cannot be reached, or anything else.
    Other,
}

impl DatabaseError {
    pub(super) fn failure(&self, dialect: Dialect) -> Failure {
        match dialect {
            Dialect::Postgresql => self.postgresql(),
            Dialect::Mysql => self.mysql(),
            Dialect::Sqlite => self.sqlite(),
        }
    }

    /// By SQLSTATE: <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
    fn postgresql(&self) -> Failure {
        match self.sqlstate.as_deref().unwrap_or_default() {
            "40001" | "40P01" => Failure::Conflict,
            "55P03" => Failure::LockTimeout,
            "23505" => Failure::Duplicate,
            "42P01" | "3F000" => Failure::SchemaMissing,
            "25P01" | "3B001" => Failure::NoTransaction,
            "25P02" => Failure::Aborted,
            "53100" | "25006" => Failure::NotWritable,
            "54000" => Failure::TooLarge,
            _ => Failure::Other,
        }
    }

    /// By number: <https://mariadb.com/kb/en/mariadb-error-codes/>.
    fn mysql(&self) -> Failure {
        match self.code.unwrap_or_default() {
            1213 | 1020 => Failure::Conflict,
            1205 | 3572 => Failure::LockTimeout,
            1062 => Failure::Duplicate,
            1146 => Failure::SchemaMissing,
            1048 | 1305 => Failure::NoTransaction,
            1153 => Failure::TooLarge,
            1021 | 1114 | 1290 | 1792 | 1836 => Failure::NotWritable,
            _ => Failure::Other,
        }
    }

    /// By the primary result code, <https://www.sqlite.org/rescode.html>, or by the message where
    /// the driver has no code.
    fn sqlite(&self) -> Failure {
        let says = |text: &str| self.message.contains(text);
        match self.code.map(|code| code & 0xff) {
            Some(5 | 6) => return Failure::LockTimeout,
            Some(8 | 13) => return Failure::NotWritable,
            Some(18) => return Failure::TooLarge,
            _ => {}
        }
        if says("no such table") {
            Failure::SchemaMissing
        } else if says("UNIQUE constraint failed") {
            Failure::Duplicate
        } else if says("no such savepoint") {
            Failure::NoTransaction
        } else if says("within a transaction") {
            Failure::OpenTransaction
        } else if says("database is locked") || says("database table is locked") {
            Failure::LockTimeout
        } else if says("disk is full") || says("readonly database") {
            Failure::NotWritable
        } else if says("too big") {
            Failure::TooLarge
        } else {
            Failure::Other
        }
    }

    /// The numbers that the driver gave, for a message.
    fn numbers(&self) -> String {
        match (&self.sqlstate, self.code) {
            (Some(state), Some(code)) => format!(" (SQLSTATE {state}, error {code})"),
            (Some(state), None) => format!(" (SQLSTATE {state})"),
            (None, Some(code)) => format!(" (error {code})"),
            (None, None) => String::new(),
        }
    }
}

/// A code that says what went wrong in an inbox. It is the same in every language and never changes
/// its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum InboxErrorCode {
    /// The same event is being handled by a transaction that is still open.
    InProgress,
    /// The database cannot be reached, or could not do it now.
    Unavailable,
    /// The row is larger than the database takes.
    TooLarge,
    /// No transaction is open, where the record must be part of the caller's.
    NoTransaction,
    /// A transaction is open, where the inbox must begin and commit its own.
    OpenTransaction,
    /// Another worker has the delivery, or a person took it back: nothing may be recorded for it.
    LeaseLost,
    /// The inbox has no webhook of this source.
    UnknownSource,
    /// The inbox's tables are not there.
    SchemaMissing,
    /// The inbox's tables are of another version than this library's.
    SchemaVersion,
    /// The inbox is set up or used wrongly.
    InvalidInbox,
}

impl InboxErrorCode {
    /// All codes.
    pub const ALL: [Self; 10] = [
        Self::InProgress,
        Self::Unavailable,
        Self::TooLarge,
        Self::NoTransaction,
        Self::OpenTransaction,
        Self::LeaseLost,
        Self::UnknownSource,
        Self::SchemaMissing,
        Self::SchemaVersion,
        Self::InvalidInbox,
    ];

    /// Returns the code as every language spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InProgress => "in_progress",
            Self::Unavailable => "unavailable",
            Self::TooLarge => "body_too_large",
            Self::NoTransaction => "no_transaction",
            Self::OpenTransaction => "open_transaction",
            Self::LeaseLost => "lease_lost",
            Self::UnknownSource => "unknown_source",
            Self::SchemaMissing => "schema_missing",
            Self::SchemaVersion => "schema_version",
            Self::InvalidInbox => "invalid_inbox",
        }
    }

    /// Returns the HTTP status to respond to a delivery with. It is never a success: nothing is
    /// recorded, and the sender must send the delivery again.
    #[must_use]
    pub const fn http_status(self) -> u16 {
        match self {
            Self::InProgress | Self::Unavailable => 503,
            Self::TooLarge => 413,
            _ => 500,
        }
    }
}

impl fmt::Display for InboxErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An error that says why the inbox did not do what it was asked for.
///
/// The message is for developers and logs, and holds nothing of a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InboxError {
    /// The delivery cannot be trusted.
    Verification(Error),
    /// The inbox or its database could not do it.
    Inbox {
        /// The stable code.
        code: InboxErrorCode,
        /// What happened and how to fix it.
        message: Cow<'static, str>,
    },
}

/// Seconds after which a sender may come again.
const RETRY_AFTER: u32 = 5;

impl InboxError {
    pub(super) fn new(code: InboxErrorCode, message: impl Into<Cow<'static, str>>) -> Self {
        Self::Inbox { code, message: message.into() }
    }

    /// Returns the error for a database that gives no connection.
    #[must_use]
    pub fn unreachable() -> Self {
        Self::new(
            InboxErrorCode::Unavailable,
            "the database gives no connection: answer 503, so that the sender comes again",
        )
    }

    /// Returns the error for a transaction that the database has rolled back, and an error that said so
    /// was caught: what came after it would be committed alone, or was.
    #[must_use]
    pub fn rolled_back() -> Self {
        Self::new(
            InboxErrorCode::Unavailable,
            "the database rolled the transaction back, and its error was caught on the way: what was \
             written before is lost. Roll back and try again, or answer 503, so that the sender does; \
             and let an error of the database's end the transaction",
        )
    }

    pub(super) fn misused(message: &'static str) -> Self {
        Self::new(InboxErrorCode::InvalidInbox, message)
    }

    /// Returns the code, of verifying or of the inbox, which is stable.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Verification(error) => error.code().as_str(),
            Self::Inbox { code, .. } => code.as_str(),
        }
    }

    /// Returns a message that says what happened and how to fix it.
    #[must_use]
    pub fn message(&self) -> &str {
        match self {
            Self::Verification(error) => error.message(),
            Self::Inbox { message, .. } => message,
        }
    }

    /// Returns the HTTP status to respond to a delivery with.
    #[must_use]
    pub fn http_status(&self) -> u16 {
        match self {
            Self::Verification(error) => error.http_status(),
            Self::Inbox { code, .. } => code.http_status(),
        }
    }

    /// Returns the seconds for a `Retry-After` header, if the same may succeed later.
    #[must_use]
    pub fn retry_after(&self) -> Option<u32> {
        (self.http_status() == 503).then_some(RETRY_AFTER)
    }

    /// What a driver's error becomes.
    pub(super) fn database(dialect: Dialect, error: &DatabaseError) -> Self {
        use InboxErrorCode as Code;
        let numbers = error.numbers();
        let (code, message) = match error.failure(dialect) {
            Failure::Conflict => (
                Code::Unavailable,
                format!(
                    "another transaction was in the way{numbers}: roll back and try again, or \
                     answer 503, so that the sender does"
                ),
            ),
            Failure::LockTimeout => (
                Code::InProgress,
                format!(
                    "another transaction holds what is needed{numbers}: roll back and answer 503, \
                     so that the sender comes again"
                ),
            ),
            Failure::SchemaMissing => (
                Code::SchemaMissing,
                format!(
                    "the inbox's tables are not in this database{numbers}: print what makes them \
                     by `hookseal inbox schema {dialect}` and run it as a migration, or call \
                     `migrate`"
                ),
            ),
            Failure::NoTransaction => return no_transaction(),
            Failure::OpenTransaction => return open_transaction(),
            Failure::Aborted => (
                Code::Unavailable,
                "an earlier statement of this transaction failed, so that nothing of it can be \
                 committed: roll back and answer 503; where an error was caught on the way, do not \
                 catch it"
                    .to_owned(),
            ),
            Failure::TooLarge => (
                Code::TooLarge,
                format!("the delivery is larger than the database takes{numbers}: raise its limit"),
            ),
            Failure::NotWritable => (
                Code::Unavailable,
                format!(
                    "the database takes no writes{numbers}: its disk is full, or it is read-only; \
                     roll back and answer 503"
                ),
            ),
            Failure::Duplicate | Failure::Other => (
                Code::Unavailable,
                format!(
                    "the database could not do it{numbers}: roll back and answer 503; the server's log \
                     says more"
                ),
            ),
        };
        Self::new(code, message)
    }
}

pub(super) fn no_transaction() -> InboxError {
    InboxError::new(
        InboxErrorCode::NoTransaction,
        "no transaction is open on this connection, so that the record would not be kept together \
         with what you write: begin one, call this in it, write, and commit",
    )
}

pub(super) fn open_transaction() -> InboxError {
    InboxError::new(
        InboxErrorCode::OpenTransaction,
        "a transaction is open on this connection, and the inbox must commit its own: give it a \
         connection without one, or use `once` for what belongs to your transaction",
    )
}

impl fmt::Display for InboxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}

impl core::error::Error for InboxError {}

impl From<Error> for InboxError {
    fn from(error: Error) -> Self {
        Self::Verification(error)
    }
}
