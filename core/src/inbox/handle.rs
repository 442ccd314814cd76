//! The inbox that a program holds, and its builder.

use core::fmt;
use core::str::FromStr;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use super::dialect::{Dialect, Placeholder};
use super::failure::{InboxError, InboxErrorCode};
use super::order::Order;
use super::retention::{Backoff, Retention};
use super::statements::{self, Statements};
use crate::Webhook;

/// The longest prefix that leaves room for the tables' and indexes' names on every engine.
const MAX_PREFIX: usize = 40;

/// An inbox for the deliveries of one or more webhooks.
///
/// It holds no connection and may be shared between threads: each of its methods makes an
/// [`Operation`] to run on a connection.
#[derive(Clone)]
pub struct Inbox(pub(super) Arc<Shared>);

/// What every operation needs.
pub(super) struct Shared {
    pub(super) dialect: Dialect,
    pub(super) prefix: String,
    pub(super) statements: Statements,
    pub(super) sources: BTreeMap<String, Source>,
    pub(super) backoff: Backoff,
    pub(super) lease: Duration,
    /// Whether the tables were seen to be of this library's version.
    pub(super) is_checked: AtomicBool,
    /// Whether the server was seen to be MariaDB.
    pub(super) is_mariadb: AtomicBool,
}

/// A webhook whose deliveries are kept.
pub(super) struct Source {
    pub(super) webhook: Arc<Webhook>,
    pub(super) retention: Retention,
    pub(super) order: Option<Order>,
}

impl Inbox {
    /// Returns a builder for an inbox in a database of this dialect.
    #[must_use]
    pub fn builder(dialect: Dialect) -> InboxBuilder {
        InboxBuilder {
            dialect,
            placeholder: Placeholder::default(),
            prefix: "hookseal_".to_owned(),
            sources: BTreeMap::new(),
            backoff: Backoff::default(),
            lease: Duration::from_secs(60),
        }
    }

    /// Returns the SQL that makes the tables, for a migration of yours. `prefix` stands before the
    /// tables' names, `hookseal_` if it is not given.
    #[must_use]
    pub fn schema(dialect: Dialect, prefix: Option<&str>) -> String {
        statements::schema(dialect, prefix.unwrap_or("hookseal_"))
    }

    /// Returns the dialect of its database.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        self.0.dialect
    }

    /// Returns the names of its sources.
    pub fn sources(&self) -> impl Iterator<Item = &str> {
        self.0.sources.keys().map(String::as_str)
    }

    /// Returns the webhook of a source.
    ///
    /// # Errors
    /// [`InboxErrorCode::UnknownSource`].
    pub fn webhook(&self, source: Option<&str>) -> Result<&Arc<Webhook>, InboxError> {
        Ok(&self.0.source(source)?.1.webhook)
    }

    /// Returns how long the keys of a source count.
    ///
    /// # Errors
    /// [`InboxErrorCode::UnknownSource`].
    pub fn retention(&self, source: Option<&str>) -> Result<Retention, InboxError> {
        Ok(self.0.source(source)?.1.retention)
    }

    /// Returns how long a lease lasts, if it is not extended.
    #[must_use]
    pub fn lease(&self) -> Duration {
        self.0.lease
    }
}

impl Shared {
    /// The source with this name, or the only one.
    pub(super) fn source(&self, name: Option<&str>) -> Result<(&str, &Source), InboxError> {
        let found = match name {
            Some(name) => self.sources.get_key_value(name),
            None if self.sources.len() == 1 => self.sources.first_key_value(),
            None => {
                return Err(InboxError::new(
                    InboxErrorCode::UnknownSource,
                    format!("the inbox has several sources: name one of {}", self.names()),
                ));
            }
        };
        found.map(|(name, source)| (name.as_str(), source)).ok_or_else(|| {
            InboxError::new(
                InboxErrorCode::UnknownSource,
                format!(
                    "the inbox has no webhook of this source, only of {}: give it one when it is \
                     built",
                    self.names()
                ),
            )
        })
    }

    fn names(&self) -> String {
        self.sources.keys().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
    }
}

/// Reads a dialect's name, as [`Dialect::from_name`] does.
impl FromStr for Dialect {
    type Err = InboxError;

    fn from_str(name: &str) -> Result<Self, InboxError> {
        Self::from_name(name).ok_or_else(|| {
            let names = Self::ALL.map(Self::as_str).join(", ");
            let message = format!("dialect must be one of {names}");
            InboxError::new(InboxErrorCode::InvalidInbox, message)
        })
    }
}

impl fmt::Debug for Inbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inbox")
            .field("dialect", &self.0.dialect)
            .field("prefix", &self.0.prefix)
            .field("sources", &self.0.sources.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

/// A builder of an [`Inbox`] with its options.
pub struct InboxBuilder {
    dialect: Dialect,
    placeholder: Placeholder,
    prefix: String,
    sources: BTreeMap<String, Source>,
    backoff: Backoff,
    lease: Duration,
}

impl InboxBuilder {
    /// Sets the form in which the driver wants parameters to be marked; [`Placeholder::Question`]
    /// by default.
    #[must_use]
    pub fn placeholder(mut self, placeholder: Placeholder) -> Self {
        self.placeholder = placeholder;
        self
    }

    /// Sets the prefix of the tables' names; `hookseal_` by default. Except for
    /// SQLite it may begin with a schema, as `webhooks.inbox_` does.
    #[must_use]
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// Adds a webhook, whose deliveries are kept under this name: letters, digits, `.`, `_` and `-`,
    /// up to 64. It must not change: it is a part of each delivery's key.
    #[must_use]
    pub fn source(
        mut self,
        name: impl Into<String>,
        webhook: Arc<Webhook>,
        order: Option<Order>,
    ) -> Self {
        let retention = Retention::of(webhook.scheme());
        self.sources.insert(name.into(), Source { webhook, retention, order });
        self
    }

    /// Sets the number of attempts, and how long a delivery waits in between.
    #[must_use]
    pub fn backoff(mut self, backoff: Backoff) -> Self {
        self.backoff = backoff;
        self
    }

    /// Sets the duration of the lease of a claimed delivery; 60 seconds by default. After that
    /// another worker may claim it.
    #[must_use]
    pub fn lease(mut self, lease: Duration) -> Self {
        self.lease = lease;
        self
    }

    /// Builds an inbox without sources, for administration: it counts, lists, retries and prunes
    /// what is stored, and neither receives nor claims.
    ///
    /// # Errors
    /// [`InboxErrorCode::InvalidInbox`] if the prefix is not of the form that it must have.
    pub fn build_for_administration(mut self) -> Result<Inbox, InboxError> {
        self.sources.clear();
        self.finish()
    }

    /// Builds the inbox.
    ///
    /// # Errors
    /// [`InboxErrorCode::InvalidInbox`] if it has no source, a name or the prefix is not of the form
    /// that it must have, or an order does not name its places by JSON Pointers.
    pub fn build(self) -> Result<Inbox, InboxError> {
        if self.sources.is_empty() {
            return Err(InboxError::misused("an inbox needs the webhook of at least one source"));
        }
        self.finish()
    }

    fn finish(self) -> Result<Inbox, InboxError> {
        let is_name = |text: &str, others: &[u8]| {
            text.len() <= 64
                && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || others.contains(&byte))
        };
        if self.sources.keys().any(|name| name.is_empty() || !is_name(name, b"._-")) {
            return Err(InboxError::misused(
                "a source's name is letters, digits, `.`, `_` and `-`, from 1 to 64 of them",
            ));
        }
        let has_schemas = self.dialect != Dialect::Sqlite;
        let others: &[u8] = if has_schemas { b"._" } else { b"_" };
        if !is_name(&self.prefix, others) || self.prefix.len() > MAX_PREFIX {
            return Err(InboxError::misused(
                "the prefix of the tables is letters, digits and `_`, up to 40 of them; where the \
                 engine has schemas, it may begin with one and a `.`",
            ));
        }
        if self.lease < Duration::from_secs(1) || self.backoff.attempts == 0 {
            return Err(InboxError::misused(
                "a lease lasts a second at least, and a delivery is tried once at least",
            ));
        }
        for order in self.sources.values().filter_map(|source| source.order.as_ref()) {
            order.check()?;
        }
        Ok(Inbox(Arc::new(Shared {
            dialect: self.dialect,
            statements: Statements::new(self.dialect, self.placeholder, &self.prefix),
            prefix: self.prefix,
            sources: self.sources,
            backoff: self.backoff,
            lease: self.lease,
            is_checked: AtomicBool::new(false),
            is_mariadb: AtomicBool::new(false),
        })))
    }
}

impl fmt::Debug for InboxBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InboxBuilder")
            .field("dialect", &self.dialect)
            .field("sources", &self.sources.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
