//! hookseal's inbox on connections of sqlx: `SQLite`, `PostgreSQL`, `MariaDB` and `MySQL`.
//!
//! An [`Inbox`] keeps verified deliveries in your own database, so that each is handled once and
//! none is lost. [`Inbox::receive`] stores one before the sender is answered; a [`Worker`] handles
//! what is stored, each in a transaction that also records it as done; [`Inbox::once`] records an
//! event that is handled at once, in a transaction of yours.
//!
//! ```
//! use std::sync::Arc;
//!
//! use hookseal::{SignOptions, Webhook};
//! use hookseal_sqlx::Inbox;
//! use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let webhook = Arc::new(Webhook::new("kasko", ["whsec_1b6f2ae8d0444a349cc1f4c8"])?);
//! # let folder = std::env::temp_dir().join(format!("hookseal-doc-{}", std::process::id()));
//! # std::fs::create_dir_all(&folder)?;
//! # let path = folder.join("inbox.sqlite");
//! let options = SqliteConnectOptions::new().filename(&path).create_if_missing(true);
//! let pool = SqlitePool::connect_with(options).await?;
//! let inbox = Inbox::new(pool.clone(), webhook.clone())?;
//! inbox.migrate().await?;
//!
//! let body = br#"{"policy_id":"P-1"}"#;
//! let headers = webhook.sign(body, &SignOptions::new().event_type("policy.created"))?;
//! let (event, _) = inbox.receive(None, body, &headers).await?;
//! assert_eq!(event.event_type(), "policy.created");
//!
//! let mut handled = 0;
//! for claimed in inbox.claim(10).await? {
//!     let mut transaction = pool.begin().await?;
//!     inbox.complete(&mut transaction, &claimed).await?;
//!     transaction.commit().await?;
//!     handled += 1;
//! }
//! assert_eq!(handled, 1);
//! # std::fs::remove_dir_all(folder)?;
//! # Ok(())
//! # }
//! ```

#![forbid(unsafe_code)]

mod engine;
mod inbox;
mod log;
mod worker;

pub use engine::Engine;
pub use hookseal::inbox::{
    Backoff, Claimed, Dialect, Entry, Filter, InboxError, InboxErrorCode, Kept, Order, OrderBy,
    Received, State, Stats,
};
pub use inbox::{Inbox, Options};
pub use worker::{Handled, Handler, Worker};

/// The README, whose blocks the tests compile.
#[cfg(all(doctest, feature = "postgres"))]
#[doc = include_str!("../README.md")]
struct Readme;
