use hookseal::inbox::{Filter, State, TransactionState};
use serde_json::to_string;

use crate::boundary::{Growing, Options};
use crate::claimed::hookseal_claimed;
use crate::event::hookseal_event;
use crate::failure::hookseal_error;
use crate::inbox::{hookseal_inbox, span};
use crate::operation::hookseal_operation;
use crate::step::Outcome;
use crate::strings::{hookseal_header, hookseal_str};
use crate::verified::hookseal_verified;
use crate::webhook::{Pairs, Signature, hookseal_verify_options};

/// Whether a transaction is open on a connection, as far as its driver knows.
pub(crate) type hookseal_transaction = u32;

/// The driver does not know: the database is asked.
pub(crate) const HOOKSEAL_TRANSACTION_UNKNOWN: hookseal_transaction = 0;
/// One is open, or the driver opens one before each statement by itself.
pub(crate) const HOOKSEAL_TRANSACTION_OPEN: hookseal_transaction = 1;
/// None is open.
pub(crate) const HOOKSEAL_TRANSACTION_CLOSED: hookseal_transaction = 2;

/// Options of hookseal_inbox_list(). Set `size`, and leave all fields zero that you do not need; later
/// versions add fields at the end.
#[repr(C)]
#[derive(Clone, Copy, Default)]
pub(crate) struct hookseal_list_options<'a> {
    /// The size of the struct, sizeof(hookseal_list_options).
    size: usize,
    /// Deliveries of this state alone: `waiting`, `leased`, `blocked`, `done` or `dead`.
    state: hookseal_str<'a>,
    /// Deliveries of this source alone.
    source: hookseal_str<'a>,
    /// Those with a smaller number than this, to go on with a list. NULL is the latest.
    before: Option<&'a i64>,
    /// How many; 0 is 100, and 1000 are the most.
    limit: usize,
    /// Deliveries of events of this type alone.
    event_type: hookseal_str<'a>,
    /// Those with this text in their key or their body, byte for byte. Every delivery is looked at until
    /// enough are found.
    search: hookseal_str<'a>,
}

impl Growing for hookseal_list_options<'_> {}

fn state(transaction: hookseal_transaction) -> Result<TransactionState, hookseal_error> {
    match transaction {
        HOOKSEAL_TRANSACTION_UNKNOWN => Ok(TransactionState::Unknown),
        HOOKSEAL_TRANSACTION_OPEN => Ok(TransactionState::Open),
        HOOKSEAL_TRANSACTION_CLOSED => Ok(TransactionState::Closed),
        other => Err(hookseal_error::invalid(format!("`transaction` cannot be {other}"))),
    }
}

fn truth(is_true: bool) -> Outcome {
    Outcome::Number(is_true.into())
}

fn count(number: u64) -> Outcome {
    Outcome::Number(i64::try_from(number).unwrap_or(i64::MAX))
}

fn nothing((): ()) -> Outcome {
    Outcome::Nothing
}

ffi_fn! {
    /// Makes the operation that makes the tables, or does nothing where they are there. Its number is 1 if
    /// it made them. HOOKSEAL_SCHEMA_VERSION if they are of a newer version.
    fn hookseal_inbox_migrate(
        inbox: &hookseal_inbox,
        transaction: hookseal_transaction,
    ) -> out operation: hookseal_operation {
        Ok(hookseal_operation::new(inbox.0.migrate(state(transaction)?), truth))
    }
}

ffi_fn! {
    /// Verifies a delivery, which hookseal_inbox_store() stores. It needs no connection.
    ///
    /// `source` is the name of the source, or none if the inbox has but one. `body`, `headers` and `options`
    /// are those of hookseal_webhook_verify(). The time is the present and the event is a copy: `now`,
    /// `in_place` and `with_tokens` are refused with HOOKSEAL_INVALID_ARGUMENT.
    ///
    /// It gives the statuses of hookseal_webhook_verify() and HOOKSEAL_UNKNOWN_SOURCE: respond as the error
    /// says.
    fn hookseal_inbox_verify(
        inbox: &hookseal_inbox,
        source: hookseal_str<'_>,
        body[body_len]: &[u8],
        headers[headers_len]: &[hookseal_header<'_>],
        options: Options<hookseal_verify_options<'_>>,
    ) -> out verified: hookseal_verified {
        let Options(options) = options;
        options.for_inbox()?;
        let source = source.optional_utf8("source")?;
        let (event, delivery) = match options.signature()? {
            Some(signature) => {
                inbox.0.verify(source, body, &options.head(&Signature(signature))?)
            }
            None => inbox.0.verify(source, body, &options.head(&Pairs(headers))?),
        }?;
        Ok(hookseal_verified { event: event.into_owned(), delivery })
    }
}

ffi_fn! {
    /// Makes the operation that stores a verified delivery, to be handled by a worker.
    ///
    /// Respond with success only once its step is done, which hookseal_step_received() tells more of: then
    /// the delivery is committed. Only the headers that the scheme reads are kept, and the body.
    ///
    /// The operation gives HOOKSEAL_IN_PROGRESS, HOOKSEAL_UNAVAILABLE, HOOKSEAL_BODY_TOO_LARGE,
    /// HOOKSEAL_OPEN_TRANSACTION and those of a missing or wrong schema: respond as the error says.
    fn hookseal_inbox_store(
        inbox: &hookseal_inbox,
        verified: &hookseal_verified,
        transaction: hookseal_transaction,
    ) -> out operation: hookseal_operation {
        let operation = inbox.0.store(&verified.delivery, state(transaction)?);
        Ok(hookseal_operation::new(operation, Outcome::Received))
    }
}

ffi_fn! {
    /// Makes the operation that records an event as handled in your open transaction. Its number is 1 the
    /// first time, and 0 for a duplicate.
    ///
    /// The record is committed, or rolled back, with what you write in the same transaction. Only the
    /// event's key is kept, not its body. HOOKSEAL_NO_TRANSACTION, HOOKSEAL_IN_PROGRESS while another
    /// transaction that handles the same event is open, and HOOKSEAL_UNAVAILABLE: roll back after any of
    /// them, and respond as the error says.
    fn hookseal_inbox_once(
        inbox: &hookseal_inbox,
        source: hookseal_str<'_>,
        event: &hookseal_event,
        transaction: hookseal_transaction,
    ) -> out operation: hookseal_operation {
        let source = source.optional_utf8("source")?;
        let operation = inbox.0.once(source, event.event(), state(transaction)?)?;
        Ok(hookseal_operation::new(operation, truth))
    }
}

ffi_fn! {
    /// Makes the operation that leases up to `limit` deliveries that are due, each verified again as of
    /// when it was received: see hookseal_step_claimed().
    fn hookseal_inbox_claim(
        inbox: &hookseal_inbox,
        limit: usize,
        transaction: hookseal_transaction,
    ) -> out operation: hookseal_operation {
        Ok(hookseal_operation::new(inbox.0.claim(limit, state(transaction)?), |claimed| {
            Outcome::Claimed(claimed.into_iter().map(Into::into).collect())
        }))
    }
}

ffi_fn! {
    /// Makes the operation that sets a savepoint in your open transaction, before a claimed delivery is
    /// handled in it. hookseal_inbox_complete() then fails with HOOKSEAL_UNAVAILABLE if the database has
    /// rolled that transaction back in the meantime, as MariaDB does at a deadlock.
    fn hookseal_inbox_savepoint(
        inbox: &hookseal_inbox,
        claimed: &hookseal_claimed,
        transaction: hookseal_transaction,
    ) -> out operation: hookseal_operation {
        Ok(hookseal_operation::new(inbox.0.savepoint(&claimed.0, state(transaction)?), nothing))
    }
}

ffi_fn! {
    /// Makes the operation that records a claimed delivery as done in your open transaction: it is
    /// committed, or rolled back, with what you write.
    ///
    /// HOOKSEAL_LEASE_LOST, after which roll back, for another worker handles it; HOOKSEAL_NO_TRANSACTION,
    /// HOOKSEAL_UNAVAILABLE.
    fn hookseal_inbox_complete(
        inbox: &hookseal_inbox,
        claimed: &hookseal_claimed,
        transaction: hookseal_transaction,
    ) -> out operation: hookseal_operation {
        Ok(hookseal_operation::new(inbox.0.complete(&claimed.0, state(transaction)?), nothing))
    }
}

ffi_fn! {
    /// Makes the operation that gives a claimed delivery back, to be tried again later. Its number is how
    /// many milliseconds it waits; none if that was its last attempt, so that it is dead.
    ///
    /// `why` says what went wrong, for people: the name of an error, and no part of a payload.
    fn hookseal_inbox_release(
        inbox: &hookseal_inbox,
        claimed: &hookseal_claimed,
        why: &str,
        transaction: hookseal_transaction,
    ) -> out operation: hookseal_operation {
        let operation = inbox.0.release(&claimed.0, why, state(transaction)?);
        Ok(hookseal_operation::new(operation, |wait| {
            wait.map_or(Outcome::Nothing, |wait| count(wait.as_millis().try_into().unwrap_or(u64::MAX)))
        }))
    }
}

ffi_fn! {
    /// Makes the operation that records a claimed delivery as dead: it is not tried again until a person
    /// retries it. `why` is as in hookseal_inbox_release().
    fn hookseal_inbox_dead(
        inbox: &hookseal_inbox,
        claimed: &hookseal_claimed,
        why: &str,
        transaction: hookseal_transaction,
    ) -> out operation: hookseal_operation {
        Ok(hookseal_operation::new(inbox.0.dead(&claimed.0, why, state(transaction)?), nothing))
    }
}

ffi_fn! {
    /// Makes the operation that begins a claimed delivery's lease anew, for work that takes longer. In a
    /// transaction that is open it becomes a part of that: until the transaction ends no other worker can
    /// claim the delivery.
    fn hookseal_inbox_extend(
        inbox: &hookseal_inbox,
        claimed: &hookseal_claimed,
        transaction: hookseal_transaction,
    ) -> out operation: hookseal_operation {
        Ok(hookseal_operation::new(inbox.0.extend(&claimed.0, state(transaction)?), nothing))
    }
}

ffi_fn! {
    /// Makes the operation that counts what is not done, as JSON: `sources`, each with `source`, `is_known`,
    /// `waiting`, `leased`, `blocked`, `dead`, `oldest_due_seconds` and `has_late`, and `conflicts`.
    fn hookseal_inbox_stats(
        inbox: &hookseal_inbox,
        transaction: hookseal_transaction,
    ) -> out operation: hookseal_operation {
        Ok(hookseal_operation::new(inbox.0.stats(state(transaction)?), |stats| {
            Outcome::Json(to_string(&stats).unwrap_or_default())
        }))
    }
}

ffi_fn! {
    /// Makes the operation that writes the counts as OpenMetrics, for monitoring: see hookseal_step_text().
    fn hookseal_inbox_openmetrics(
        inbox: &hookseal_inbox,
        transaction: hookseal_transaction,
    ) -> out operation: hookseal_operation {
        Ok(hookseal_operation::new(inbox.0.openmetrics(state(transaction)?), Outcome::Text))
    }
}

ffi_fn! {
    /// Makes the operation that lists deliveries, the latest first, as a JSON array of objects with `seq`,
    /// `source`, `state`, `due`, `attempts`, `error`, `finished_at`, `is_late`, `dedupe_key`,
    /// `received_at`, `event_type`, `duplicates`, `conflicts` and `body_length`; times are milliseconds
    /// since 1970. `options` may be NULL.
    fn hookseal_inbox_list(
        inbox: &hookseal_inbox,
        options: Options<hookseal_list_options<'_>>,
        transaction: hookseal_transaction,
    ) -> out operation: hookseal_operation {
        let Options(options) = options;
        let wanted = options.state.optional_utf8("state")?;
        let filter = Filter {
            state: wanted.map(state_of).transpose()?,
            source: options.source.optional_utf8("source")?.map(str::to_owned),
            before: options.before.copied(),
            limit: options.limit,
            event_type: options.event_type.optional_utf8("event_type")?.map(str::to_owned),
            search: options.search.optional_utf8("search")?.map(str::to_owned),
        };
        Ok(hookseal_operation::new(inbox.0.list(filter, state(transaction)?), |entries| {
            Outcome::Json(to_string(&entries).unwrap_or_default())
        }))
    }
}

ffi_fn! {
    /// Makes the operation that gives what is kept of a delivery: see hookseal_step_headers() and
    /// hookseal_step_body().
    fn hookseal_inbox_show(
        inbox: &hookseal_inbox,
        seq: i64,
        transaction: hookseal_transaction,
    ) -> out operation: hookseal_operation {
        Ok(hookseal_operation::new(inbox.0.show(seq, state(transaction)?), |kept| {
            kept.map_or(Outcome::Nothing, Outcome::Kept)
        }))
    }
}

ffi_fn! {
    /// Makes the operation that lets a dead delivery be tried again, with all its attempts; its number is 1
    /// if there is such a one. A `seq` of 0 lets all of them, and the number is how many.
    fn hookseal_inbox_retry(
        inbox: &hookseal_inbox,
        seq: i64,
        transaction: hookseal_transaction,
    ) -> out operation: hookseal_operation {
        let seq = (seq != 0).then_some(seq);
        Ok(hookseal_operation::new(inbox.0.retry(seq, state(transaction)?), count))
    }
}

ffi_fn! {
    /// Makes the operation that lets a delivery that is done be handled once more. Its number is 1 if there
    /// is such a one, with its body.
    fn hookseal_inbox_replay(
        inbox: &hookseal_inbox,
        seq: i64,
        transaction: hookseal_transaction,
    ) -> out operation: hookseal_operation {
        Ok(hookseal_operation::new(inbox.0.replay(seq, state(transaction)?), truth))
    }
}

ffi_fn! {
    /// Makes the operation that takes a dead delivery for done, so that those after it are handled. Its
    /// number is 1 if there is such a one.
    fn hookseal_inbox_discard(
        inbox: &hookseal_inbox,
        seq: i64,
        transaction: hookseal_transaction,
    ) -> out operation: hookseal_operation {
        Ok(hookseal_operation::new(inbox.0.discard(seq, state(transaction)?), truth))
    }
}

ffi_fn! {
    /// Makes the operation that removes what was done longer ago than `keep` milliseconds, and at least as
    /// long as its key counts. What is not done, or dead, stays. Its number is how many were removed.
    fn hookseal_inbox_prune(
        inbox: &hookseal_inbox,
        keep: i64,
        transaction: hookseal_transaction,
    ) -> out operation: hookseal_operation {
        let operation = inbox.0.prune(Some(span("keep", keep)?), state(transaction)?);
        Ok(hookseal_operation::new(operation, count))
    }
}

fn state_of(name: &str) -> Result<State, hookseal_error> {
    State::from_name(name).ok_or_else(|| {
        let known = State::ALL.map(State::as_str).join(", ");
        hookseal_error::invalid(format!("`state` is none of {known}"))
    })
}
