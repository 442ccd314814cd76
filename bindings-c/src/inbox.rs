use std::time::Duration;

use hookseal::inbox::{Backoff, Dialect, Inbox, InboxError, Order, OrderBy, Placeholder};

use crate::boundary::{Growing, Options, Pointee};
use crate::failure::hookseal_error;
use crate::strings::{Item, hookseal_str};
use crate::text::hookseal_text;
use crate::webhook::hookseal_webhook;

/// An inbox: verified deliveries are kept in your own database, so that each is handled once and none
/// is lost. Free it with hookseal_inbox_free().
///
/// It has no connection. Its functions make operations, and each operation tells which statements to
/// run on yours.
pub(crate) struct hookseal_inbox(pub(crate) Inbox);

impl Pointee for hookseal_inbox {}

/// What events of the same aggregate are ordered by.
pub(crate) type hookseal_order_by = u32;

/// When they were stored.
pub(crate) const HOOKSEAL_ORDER_BY_ARRIVAL: hookseal_order_by = 0;
/// When they happened, see hookseal_event_created_at(); events without that time come first.
pub(crate) const HOOKSEAL_ORDER_BY_CREATED_AT: hookseal_order_by = 1;
/// An integer that the sender counts up.
pub(crate) const HOOKSEAL_ORDER_BY_SEQUENCE: hookseal_order_by = 2;

/// How a driver wants the parameters of a statement to be marked.
pub(crate) type hookseal_placeholder = u32;

/// `?` for each.
pub(crate) const HOOKSEAL_PLACEHOLDER_QUESTION: hookseal_placeholder = 0;
/// `%s` for each.
pub(crate) const HOOKSEAL_PLACEHOLDER_PERCENT: hookseal_placeholder = 1;
/// `$1`, `$2` and so on.
pub(crate) const HOOKSEAL_PLACEHOLDER_DOLLAR: hookseal_placeholder = 2;

/// A webhook whose deliveries an inbox keeps.
#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) struct hookseal_source<'a> {
    /// The name that its deliveries are kept under: letters, digits, `.`, `_` and `-`, up to 64. None is
    /// its provider's. It must not change: it is a part of each delivery's key.
    name: hookseal_str<'a>,
    /// The webhook. It may be freed before the inbox.
    webhook: Option<&'a hookseal_webhook>,
    /// A JSON Pointer into the signed JSON to what names the thing that an event is about, such as
    /// `/data/policy_id`: one is not claimed while an earlier one of the same thing is not done. None if
    /// the order does not matter.
    aggregate: hookseal_str<'a>,
    /// What events of the same aggregate are ordered by.
    order_by: hookseal_order_by,
    /// Where the integer of HOOKSEAL_ORDER_BY_SEQUENCE is, a JSON Pointer into the signed JSON.
    sequence: hookseal_str<'a>,
    /// True if an event that is dead does not hold up those after it.
    dead_passes: bool,
}

/// Options of hookseal_inbox_new(). Set `size`, and leave all fields zero that you do not need; later
/// versions add fields at the end.
#[repr(C)]
#[derive(Clone, Copy, Default)]
pub(crate) struct hookseal_inbox_options<'a> {
    /// The size of the struct, sizeof(hookseal_inbox_options).
    size: usize,
    /// How your driver wants parameters to be marked.
    placeholder: hookseal_placeholder,
    /// What stands before the tables' names. None is `hookseal_`.
    prefix: hookseal_str<'a>,
    /// How long a claimed delivery is a worker's own, in milliseconds. NULL is 60 seconds.
    lease: Option<&'a i64>,
    /// After so many attempts that failed, a delivery is dead. NULL is 10.
    attempts: Option<&'a u32>,
    /// The wait after the first attempt, in milliseconds; each further one is twice as long. NULL is 10
    /// seconds.
    first_wait: Option<&'a i64>,
    /// The longest wait, in milliseconds. NULL is an hour.
    longest_wait: Option<&'a i64>,
}

impl Growing for hookseal_inbox_options<'_> {}

ffi_fn! {
    /// Creates an inbox of one or more webhooks in a database that speaks `dialect`: `sqlite`,
    /// `postgresql` or `mysql`, which is MariaDB's too. `options` may be NULL.
    ///
    /// HOOKSEAL_INVALID_INBOX if a name, the prefix or an order cannot be used.
    fn hookseal_inbox_new(
        dialect: &str,
        sources[sources_len]: &[hookseal_source<'_>],
        options: Options<hookseal_inbox_options<'_>>,
    ) -> out inbox: hookseal_inbox {
        let Options(options) = options;
        let mut builder = Inbox::builder(of(dialect)?).placeholder(options.placeholder()?);
        for source in sources {
            let Some(hookseal_webhook(webhook)) = source.webhook else {
                return Err(hookseal_error::null("sources[].webhook"));
            };
            let name = source.name.optional_utf8("sources[].name")?;
            let name = name.unwrap_or_else(|| webhook.scheme().name());
            builder = builder.source(name, webhook.clone(), source.order()?);
        }
        if let Some(prefix) = options.prefix.optional_utf8("options->prefix")? {
            builder = builder.prefix(prefix);
        }
        if let Some(lease) = options.lease {
            builder = builder.lease(span("options->lease", *lease)?);
        }
        Ok(hookseal_inbox(builder.backoff(options.backoff()?).build()?))
    }
}

ffi_fn! {
    /// Makes the SQL that makes the tables, for a migration of yours. `prefix` stands before the tables'
    /// names; none is `hookseal_`.
    fn hookseal_inbox_schema(dialect: &str, prefix: hookseal_str<'_>) -> out schema: hookseal_text {
        let prefix = prefix.optional_utf8("prefix")?;
        Ok(hookseal_text(Inbox::schema(of(dialect)?, prefix)))
    }
}

ffi_fn! {
    /// Returns how long a lease lasts if it is not extended, in milliseconds.
    fn hookseal_inbox_lease(inbox: &hookseal_inbox) -> i64 {
        i64::try_from(inbox.0.lease().as_millis()).unwrap_or(i64::MAX)
    }
}

ffi_fn! {
    /// Frees an inbox; NULL is allowed. Its operations stay valid.
    fn hookseal_inbox_free(inbox: Option<Box<hookseal_inbox>>) {
        drop(inbox);
    }
}

impl hookseal_inbox_options<'_> {
    fn placeholder(&self) -> Result<Placeholder, hookseal_error> {
        Ok(match self.placeholder {
            HOOKSEAL_PLACEHOLDER_QUESTION => Placeholder::Question,
            HOOKSEAL_PLACEHOLDER_PERCENT => Placeholder::Percent,
            HOOKSEAL_PLACEHOLDER_DOLLAR => Placeholder::Dollar,
            other => {
                let message = format!("`options->placeholder` cannot be {other}");
                return Err(hookseal_error::invalid(message));
            }
        })
    }

    fn backoff(&self) -> Result<Backoff, hookseal_error> {
        let mut backoff = Backoff::default();
        if let Some(attempts) = self.attempts {
            backoff.attempts = *attempts;
        }
        if let Some(first) = self.first_wait {
            backoff.first = span("options->first_wait", *first)?;
        }
        if let Some(longest) = self.longest_wait {
            backoff.longest = span("options->longest_wait", *longest)?;
        }
        Ok(backoff)
    }
}

impl<'a> hookseal_source<'a> {
    fn texts(&self) -> [(&'static str, hookseal_str<'a>); 3] {
        [("name", self.name), ("aggregate", self.aggregate), ("sequence", self.sequence)]
    }

    fn order(&self) -> Result<Option<Order>, hookseal_error> {
        let Some(aggregate) = self.aggregate.optional_utf8("sources[].aggregate")? else {
            return Ok(None);
        };
        let mut order = Order::by(aggregate);
        order.dead_blocks = !self.dead_passes;
        order.order_by = match self.order_by {
            HOOKSEAL_ORDER_BY_ARRIVAL => OrderBy::Arrival,
            HOOKSEAL_ORDER_BY_CREATED_AT => OrderBy::CreatedAt,
            HOOKSEAL_ORDER_BY_SEQUENCE => {
                OrderBy::Sequence(self.sequence.utf8("sources[].sequence")?.to_owned())
            }
            other => {
                let message = format!("`sources[].order_by` cannot be {other}");
                return Err(hookseal_error::invalid(message));
            }
        };
        Ok(Some(order))
    }
}

impl Item for hookseal_source<'_> {
    fn is_valid(&self) -> bool {
        self.webhook.is_some() && self.texts().iter().all(|(_, text)| text.is_valid())
    }

    #[cold]
    fn refusal(&self, name: &str) -> hookseal_error {
        match self.texts().into_iter().find(|(_, text)| !text.is_valid()) {
            Some((field, text)) => text.refusal(&format!("{name}.{field}")),
            None => hookseal_error::null(&format!("{name}.webhook")),
        }
    }
}

fn of(dialect: &str) -> Result<Dialect, hookseal_error> {
    dialect.parse().map_err(|error: InboxError| hookseal_error::invalid(error.message().to_owned()))
}

/// A time in milliseconds.
pub(crate) fn span(name: &str, milliseconds: i64) -> Result<Duration, hookseal_error> {
    u64::try_from(milliseconds).map(Duration::from_millis).map_err(|_| {
        hookseal_error::invalid(format!("`{name}` cannot be {milliseconds} milliseconds"))
    })
}
