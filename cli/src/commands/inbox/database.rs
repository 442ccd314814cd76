//! The inbox in a database of any engine.

#![expect(clippy::doc_markdown, reason = "these comments are the help, which shows no Markdown")]

use std::time::Duration;

use clap::Args;
use hookseal::inbox::{Dialect, Entry, Filter, InboxError, Kept, Stats};
use hookseal_sqlx::Inbox;
use sqlx::pool::PoolOptions;
use sqlx::{MySql, Postgres, Sqlite};

use crate::failure::Failure;

/// The database of an inbox.
#[derive(Debug, Args)]
pub(super) struct DatabaseArgs {
    /// The database, as a URL: sqlite:FILE, postgresql://HOST/NAME or mysql://HOST/NAME
    #[arg(long, value_name = "URL", env = "HOOKSEAL_DATABASE", hide_env_values = true)]
    pub(super) database: String,

    /// What stands before the names of the tables
    #[arg(long, value_name = "PREFIX", default_value = "hookseal_")]
    pub(super) prefix: String,
}

/// An inbox for administration.
pub(super) enum Database {
    Sqlite(Inbox<Sqlite>),
    Postgresql(Inbox<Postgres>),
    Mysql(Inbox<MySql>),
}

macro_rules! on_each {
    ($self:ident, $inbox:ident => $work:expr) => {
        match $self {
            Self::Sqlite($inbox) => $work,
            Self::Postgresql($inbox) => $work,
            Self::Mysql($inbox) => $work,
        }
    };
}

impl Database {
    /// Connects to the database at the URL, with up to so many connections.
    pub(super) async fn open(url: &str, prefix: &str, connections: u32) -> Result<Self, Failure> {
        // An error of the driver may hold the URL, and that a password.
        let unreachable = |_: sqlx::Error| {
            Failure::network(
                "the database cannot be reached: check the URL, such as sqlite:inbox.sqlite or \
                 postgresql://user:password@host/database, and that the server runs",
            )
        };
        let prefix = Some(prefix);
        let scheme = url.split(':').next().unwrap_or_default();
        Ok(match Dialect::from_name(scheme).map(Dialect::as_str) {
            Some("sqlite") => {
                let pool = options(connections).connect(url).await.map_err(unreachable)?;
                Self::Sqlite(Inbox::for_administration(pool, prefix)?)
            }
            Some("postgresql") => {
                let pool = options(connections).connect(url).await.map_err(unreachable)?;
                Self::Postgresql(Inbox::for_administration(pool, prefix)?)
            }
            Some(_) => {
                let pool = options(connections).connect(url).await.map_err(unreachable)?;
                Self::Mysql(Inbox::for_administration(pool, prefix)?)
            }
            None => {
                return Err(Failure::usage(
                    "the database's URL begins with sqlite:, postgresql: or mysql:",
                ));
            }
        })
    }

    pub(super) async fn stats(&self) -> Result<Stats, InboxError> {
        on_each!(self, inbox => inbox.stats().await)
    }

    pub(super) async fn list(&self, filter: Filter) -> Result<Vec<Entry>, InboxError> {
        on_each!(self, inbox => inbox.list(filter).await)
    }

    pub(super) async fn show(&self, seq: i64) -> Result<Option<Kept>, InboxError> {
        on_each!(self, inbox => inbox.show(seq).await)
    }

    pub(super) async fn retry(&self, seq: Option<i64>) -> Result<u64, InboxError> {
        on_each!(self, inbox => inbox.retry(seq).await)
    }

    pub(super) async fn replay(&self, seq: i64) -> Result<bool, InboxError> {
        on_each!(self, inbox => inbox.replay(seq).await)
    }

    pub(super) async fn discard(&self, seq: i64) -> Result<bool, InboxError> {
        on_each!(self, inbox => inbox.discard(seq).await)
    }

    pub(super) async fn prune(&self, keep: Duration) -> Result<u64, InboxError> {
        on_each!(self, inbox => inbox.prune(Some(keep)).await)
    }
}

fn options<DB: sqlx::Database>(connections: u32) -> PoolOptions<DB> {
    PoolOptions::new().max_connections(connections).acquire_timeout(Duration::from_secs(5))
}

/// Names the database at a URL, without the user and the password.
pub(super) fn name(url: &str) -> String {
    let (scheme, rest) = url.split_once(':').unwrap_or((url, ""));
    let rest = rest.split('?').next().unwrap_or_default();
    let Some(rest) = rest.strip_prefix("//") else { return format!("{scheme}:{rest}") };
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    match authority.rsplit_once('@').map_or(authority, |(_, host)| host) {
        "" => format!("{scheme}:/{path}"),
        host => format!("{scheme}://{host}/{path}"),
    }
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn a_database_is_named_without_its_password() {
        for (url, expected) in [
            ("sqlite:inbox.sqlite?mode=ro", "sqlite:inbox.sqlite"),
            ("sqlite:///var/inbox.sqlite", "sqlite:/var/inbox.sqlite"),
            (
                "postgresql://me:sword@fish@db:5432/hooks?sslmode=require",
                "postgresql://db:5432/hooks",
            ),
            ("mysql://me:swordfish@db", "mysql://db/"),
        ] {
            assert_eq!(name(url), expected);
        }
    }
}
