//! Storing a delivery once.

use core::fmt;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::deliveries::Received;
use super::dialect::Dialect;
use super::failure::{InboxError, InboxErrorCode};
use super::handle::{Inbox, Source};
use super::operation::{Operation, Row};
use super::order::Place;
use super::recorded;
use super::retention::milliseconds;
use super::session::{Session, TransactionState};
use super::value::Value;
use crate::headers::Headers;
use crate::{Event, Field, Scheme, encoding};

/// The longest key that every engine's index takes.
const MAX_KEY: usize = 512;

/// The longest event type that is kept for people to see.
const MAX_TYPE: usize = 255;

/// After how long a delivery is looked at again whose predecessor was being changed, in
/// milliseconds.
pub(super) const LOOK_AGAIN: i64 = 1000;

/// Bodies from here on may be more than a server takes in one statement.
const LARGE_BODY: usize = 1 << 19;

/// How often a transaction is begun anew that another one was in the way of.
const TRIES: usize = 3;

impl Inbox {
    /// Verifies a delivery, which can then be stored, to be handled by a worker.
    ///
    /// It needs no connection: what is not genuine takes none. `source` may be left out if the inbox
    /// has but one.
    ///
    /// # Errors
    /// [`InboxErrorCode::UnknownSource`], and what [`Webhook::verify`](crate::Webhook::verify)
    /// gives.
    pub fn verify<'b>(
        &self,
        source: Option<&str>,
        body: &'b [u8],
        headers: &(impl Headers + ?Sized),
    ) -> Result<(Event<'b>, Verified), InboxError> {
        let (name, source) = self.0.source(source)?;
        let event = source.webhook.verify(body, headers)?;
        let record = (!event.is_check()).then(|| {
            let mut record = Record::new(name, source, &EventParts::of(&event));
            record.headers = Some(recorded::record(source.webhook.scheme().compiled(), headers));
            record.body = Some(event.body().to_vec());
            record.place = source.order.as_ref().and_then(|order| order.place(name, &event));
            Arc::new(record)
        });
        Ok((event, Verified { record }))
    }

    /// Makes the operation that stores a verified delivery, to be handled by a worker.
    ///
    /// Answer the sender with success only if the operation gives [`Received`]: then the delivery
    /// is committed. Only the headers that the scheme reads are kept, and the body.
    ///
    /// # Errors
    /// The operation's errors: [`InboxErrorCode::InProgress`], [`InboxErrorCode::Unavailable`],
    /// [`InboxErrorCode::TooLarge`], [`InboxErrorCode::OpenTransaction`],
    /// [`InboxErrorCode::UnknownSource`] for another inbox's delivery, and those of a missing or
    /// wrong schema.
    #[must_use]
    pub fn store(&self, verified: &Verified, state: TransactionState) -> Operation<Received> {
        let (shared, record) = (self.0.clone(), verified.record.clone());
        Operation::new(move |database| async move {
            let Some(record) = record else { return Ok(Received::Check) };
            shared.source(Some(&record.source))?;
            let session = Session::new(database, shared);
            for _ in 1..TRIES {
                let done = store_alone(&session, &record, state).await;
                if done.is_ok() || !session.was_conflict() {
                    return done;
                }
            }
            store_alone(&session, &record, state).await
        })
    }

    /// Makes the operation that records an event as handled in the caller's open transaction. It
    /// gives true the first time and false for a duplicate.
    ///
    /// The record is committed, or rolled back, with what the caller writes in the same
    /// transaction. Only the event's key is kept, not its body.
    ///
    /// # Errors
    /// [`InboxErrorCode::UnknownSource`]. The operation's errors:
    /// [`InboxErrorCode::NoTransaction`], [`InboxErrorCode::InProgress`] while another transaction
    /// that handles the same event is open, [`InboxErrorCode::Unavailable`], and those of a missing
    /// or wrong schema. After any of them roll back and answer with its status.
    pub fn once(
        &self,
        source: Option<&str>,
        event: &Event<'_>,
        state: TransactionState,
    ) -> Result<Operation<bool>, InboxError> {
        self.once_of(source, &EventParts::of(event), state)
    }

    /// Makes the same operation as [`once`](Self::once), where a language's own event holds the
    /// parts of a verified event.
    ///
    /// # Errors
    /// As [`once`](Self::once).
    pub fn once_of(
        &self,
        source: Option<&str>,
        event: &EventParts<'_>,
        state: TransactionState,
    ) -> Result<Operation<bool>, InboxError> {
        let (name, source) = self.0.source(source)?;
        if source.webhook.scheme().name() != event.scheme.name() {
            return Err(InboxError::new(
                InboxErrorCode::UnknownSource,
                format!(
                    "the event was sent by `{}`, and the source's webhook is of `{}`: name the \
                     source that it came from",
                    event.scheme.name(),
                    source.webhook.scheme().name()
                ),
            ));
        }
        let record = Record::new(name, source, event);
        let shared = self.0.clone();
        Ok(Operation::new(|database| async move {
            let session = Session::new(database, shared);
            session.join_to_insert(state).await?;
            Ok(matches!(store(&session, &record).await?, Received::Stored))
        }))
    }
}

/// A verified delivery, which [`Inbox::store`] stores. Only [`Inbox::verify`] makes one.
#[derive(Clone, Debug)]
pub struct Verified {
    /// What is stored; none of what only checks that the endpoint works.
    record: Option<Arc<Record>>,
}

/// The parts of a verified event that [`Inbox::once_of`] records.
#[derive(Clone, Copy)]
pub struct EventParts<'e> {
    /// The scheme that it was verified by.
    pub scheme: &'e Scheme,
    /// Its type.
    pub event_type: &'e str,
    /// Its id, if it has one.
    pub id: Option<&'e str>,
    /// The bytes that were authenticated.
    pub body: &'e [u8],
}

impl<'e> EventParts<'e> {
    pub(super) fn of(event: &'e Event<'_>) -> Self {
        Self {
            scheme: &event.scheme,
            event_type: event.event_type(),
            id: event.id(),
            body: event.body(),
        }
    }
}

/// Without personal data.
impl fmt::Debug for EventParts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventParts")
            .field("provider", &self.scheme.name())
            .field("type", &self.event_type)
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// A delivery to be stored.
struct Record {
    source: String,
    key: Vec<u8>,
    /// How long the key counts, in milliseconds.
    retention: i64,
    event_type: String,
    digest: Vec<u8>,
    /// None where only the key is kept, for an event that is handled already.
    headers: Option<String>,
    body: Option<Vec<u8>>,
    place: Option<Place>,
}

/// Without personal data.
impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record").field("source", &self.source).finish_non_exhaustive()
    }
}

impl Record {
    fn new(name: &str, source: &Source, event: &EventParts<'_>) -> Self {
        let is_by_id = event.id.is_some() && !event.scheme.unsigned().contains(&Field::Id);
        let retention = if is_by_id { source.retention.by_id } else { source.retention.by_hash };
        let event_type = event.event_type.chars().filter(|character| *character != '\0');
        Self {
            source: name.to_owned(),
            key: key(event),
            retention: milliseconds(retention),
            event_type: event_type.take(MAX_TYPE).collect(),
            digest: Sha256::digest(event.body).to_vec(),
            headers: None,
            body: None,
            place: None,
        }
    }

    fn is_done(&self) -> bool {
        self.body.is_none()
    }

    /// Returns the number of PostgreSQL's advisory lock for the inbox, the source and the key.
    fn lock(&self, prefix: &str) -> i64 {
        let mut digest = Sha256::new();
        for part in [prefix.as_bytes(), self.source.as_bytes(), &self.key] {
            digest.update(part);
            digest.update([0]);
        }
        let bytes = digest.finalize();
        i64::from_be_bytes(core::array::from_fn(|index| bytes[index]))
    }

    fn delivery(&self) -> Vec<Value> {
        let mut values = vec![
            self.source.as_str().into(),
            self.key.as_slice().into(),
            self.event_type.as_str().into(),
        ];
        if !self.is_done() {
            values.extend([self.headers.clone().into(), self.body.clone().into()]);
        }
        values.push(self.digest.as_slice().into());
        values
    }
}

/// The event's key as the table has it: what is too long for an index, or holds NUL, is hashed.
pub(super) fn key(event: &EventParts<'_>) -> Vec<u8> {
    let key = event.scheme.dedupe_key(event.event_type, event.id, event.body).into_bytes();
    if key.len() <= MAX_KEY && !key.contains(&0) {
        return key;
    }
    format!("sha256:{}", encoding::encode_hex(&Sha256::digest(&key))).into_bytes()
}

/// How a delivery's job begins.
struct Start {
    state: &'static str,
    /// Milliseconds until it is due.
    delay: Option<i64>,
    is_late: bool,
}

/// Stores in a transaction of its own.
async fn store_alone(
    session: &Session,
    record: &Record,
    state: TransactionState,
) -> Result<Received, InboxError> {
    session.begin(state).await?;
    let done = store(session, record).await;
    session.end(done).await
}

async fn store(session: &Session, record: &Record) -> Result<Received, InboxError> {
    check_size(session, record).await?;
    // Again where what was there has expired, or was pruned in the meantime.
    for _ in 0..TRIES {
        if insert(session, record).await? {
            return Ok(Received::Stored);
        }
        let (source, key) = (record.source.as_str(), record.key.as_slice());
        let expired = session
            .query("expire", vec![source.into(), key.into(), record.retention.into()])
            .await?;
        if let Some(seq) = expired.first().and_then(|row| row.integer(0)) {
            delete(session, &[seq]).await?;
            continue;
        }
        let digest = record.digest.as_slice();
        let known = vec![digest.into(), source.into(), key.into()];
        if session.change("count_duplicate", known.clone()).await? > 0 {
            let found = session.query("is_conflict", known).await?;
            let is_conflict = found.first().and_then(|row| row.integer(0)) == Some(1);
            return Ok(Received::Duplicate { is_conflict });
        }
    }
    Err(InboxError::new(
        InboxErrorCode::Unavailable,
        "the same delivery is stored and removed again and again: roll back and answer 503",
    ))
}

/// Refuses what the server would not take, and would end the connection for.
async fn check_size(session: &Session, record: &Record) -> Result<(), InboxError> {
    let length = record.body.as_ref().map_or(0, Vec::len);
    if session.shared.dialect != Dialect::Mysql || length < LARGE_BODY {
        return Ok(());
    }
    let rows = session.query("largest_row", Vec::new()).await?;
    let largest = rows.first().and_then(|row| row.integer(0)).unwrap_or(i64::MAX);
    // A driver may write each byte as two.
    if i64::try_from(length).unwrap_or(i64::MAX).saturating_mul(2) < largest {
        return Ok(());
    }
    Err(InboxError::new(
        InboxErrorCode::TooLarge,
        format!(
            "the body has {length} bytes, and the server takes statements of {largest}: raise \
             `max_allowed_packet` to more than twice the body"
        ),
    ))
}

/// Where the delivery stands among those of its aggregate.
async fn start(session: &Session, record: &Record) -> Result<Start, InboxError> {
    let Some(place) = &record.place else {
        return Ok(Start { state: "waiting", delay: Some(0), is_late: false });
    };
    let aggregate = place.aggregate.as_slice();
    let later = session.query("is_late", vec![aggregate.into(), place.position.into()]).await?;
    let is_late = !later.is_empty();
    let (state, delay) = match head(session, aggregate).await? {
        Some((head, position)) if position <= place.position => wait_for(session, head).await?,
        // It is the first, or is looked at when it is claimed.
        _ => ("waiting", Some(0)),
    };
    Ok(Start { state, delay, is_late })
}

/// The first of the aggregate's that is open, and its position.
pub(super) async fn head(
    session: &Session,
    aggregate: &[u8],
) -> Result<Option<(i64, i64)>, InboxError> {
    let rows = session.query("head", vec![aggregate.into()]).await?;
    Ok(rows.first().and_then(|row| Some((row.integer(0)?, row.integer(1)?))))
}

/// The state and the delay of one that comes after `head`.
///
/// While this transaction holds the head, its completion waits, and then sees who is blocked and
/// promotes the next. Where a transaction holds it already, that one may not see it, so that this
/// one is not blocked but looked at again. Writing to the head makes a completion fail that works on
/// an older snapshot.
pub(super) async fn wait_for(
    session: &Session,
    head: i64,
) -> Result<(&'static str, Option<i64>), InboxError> {
    if session.query("lock_head", vec![head.into()]).await?.is_empty() {
        return Ok(("waiting", Some(LOOK_AGAIN)));
    }
    session.change("follow_head", vec![head.into()]).await?;
    Ok(("blocked", None))
}

/// Whether it was inserted; not if it is there.
async fn insert(session: &Session, record: &Record) -> Result<bool, InboxError> {
    let is_postgresql = session.shared.dialect == Dialect::Postgresql;
    let lock = is_postgresql.then(|| Value::from(record.lock(&session.shared.prefix)));
    let mut parameters = record.delivery();
    if record.is_done() {
        parameters.extend(lock.clone());
        let is_stored = session.insert("store_key", parameters).await?;
        if let (false, Some(lock)) = (is_stored, lock) {
            refuse_unlocked(&session.query("lock_key", vec![lock]).await?)?;
        }
        return Ok(is_stored);
    }
    let start = start(session, record).await?;
    let place = record.place.as_ref();
    let job = [
        record.source.as_str().into(),
        start.state.into(),
        start.delay.into(),
        place.map(|place| place.aggregate.as_slice()).into(),
        place.map_or(0, |place| place.position).into(),
        i64::from(start.is_late).into(),
    ];
    if let Some(lock) = lock {
        parameters.insert(0, lock);
        parameters.extend(job);
        let rows = session.query("store_delivery", parameters).await?;
        refuse_unlocked(&rows)?;
        return Ok(rows.first().and_then(|row| row.integer(1)).is_some());
    }
    if !session.insert("store_delivery", parameters).await? {
        return Ok(false);
    }
    session.change("store_job", job.into()).await?;
    Ok(true)
}

/// Refuses what has not the key's lock, which the row's first value tells.
fn refuse_unlocked(rows: &[Row]) -> Result<(), InboxError> {
    if rows.first().and_then(|row| row.integer(0)) == Some(1) {
        return Ok(());
    }
    Err(InboxError::new(
        InboxErrorCode::InProgress,
        "the same event is being stored or handled by a transaction that is still open: roll back \
         and answer 503, so that the sender comes again",
    ))
}

/// Removes deliveries.
pub(super) async fn delete(session: &Session, seqs: &[i64]) -> Result<(), InboxError> {
    let list: Vec<Value> = seqs.iter().map(|seq| (*seq).into()).collect();
    session.change_with("delete_jobs", list.clone(), seqs.len()).await?;
    session.change_with("delete_deliveries", list, seqs.len()).await?;
    Ok(())
}
