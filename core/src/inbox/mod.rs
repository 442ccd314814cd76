//! An inbox: deliveries are kept in the user's own database, so that each is handled once and none
//! is lost.
//!
//! The inbox is a protocol, not a store: it owns the tables, the statements and every decision, and
//! the caller runs the statements on a connection of its own, one after the other, as an
//! [`Operation`] asks for them.

mod action;
mod admin;
mod deliveries;
mod dialect;
mod failure;
mod handle;
mod openmetrics;
mod operation;
mod order;
mod recorded;
mod retention;
mod session;
mod statements;
mod store;
mod value;
mod work;

pub use self::action::Action;
pub use self::admin::Filter;
pub use self::deliveries::{Claimed, Entry, Kept, Received, SourceStats, State, Stats};
pub use self::dialect::{Dialect, Placeholder};
pub use self::failure::{DatabaseError, InboxError, InboxErrorCode};
pub use self::handle::{Inbox, InboxBuilder};
pub use self::operation::{Operation, Reply, Statement, StatementKind, Step};
pub use self::order::{Order, OrderBy};
pub use self::retention::{Backoff, Retention};
pub use self::session::TransactionState;
pub use self::statements::SCHEMA_VERSION;
pub use self::store::{EventParts, Verified};
pub use self::value::{Value, ValueType};
