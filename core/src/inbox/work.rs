//! The work of workers: claiming deliveries, and completing, releasing, extending or giving up
//! each.

use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, SystemTime};

use sha2::{Digest as _, Sha256};

use super::deliveries::Claimed;
use super::failure::{InboxError, InboxErrorCode};
use super::handle::Inbox;
use super::operation::{Operation, Row};
use super::recorded;
use super::retention::milliseconds;
use super::session::{Session, TransactionState};
use super::store::{EventParts, LOOK_AGAIN, head, key, wait_for};
use super::value::Value;
use crate::ErrorCode;

/// The longest error that is kept, in characters.
const MAX_ERROR: usize = 1000;

/// After how long a delivery is tried again whose secret is not known, in milliseconds.
const UNKNOWN_KEY_WAIT: i64 = 60_000;

/// How often a claim looks for others where all that it found must wait for earlier ones.
const ROUNDS: usize = 10;

impl Inbox {
    /// Makes the operation that leases up to `limit` deliveries that are due, each verified again as
    /// of when it was received.
    ///
    /// A delivery that was altered in the database is dead, with the reason. One whose signature is
    /// right for none of the webhook's secrets waits a minute, and its attempt does not count: a
    /// secret may have been rotated away.
    ///
    /// # Errors
    /// The operation's errors: [`InboxErrorCode::Unavailable`],
    /// [`InboxErrorCode::OpenTransaction`], and those of a missing or wrong schema.
    #[must_use]
    pub fn claim(&self, limit: usize, state: TransactionState) -> Operation<Vec<Claimed>> {
        let shared = self.0.clone();
        Operation::new(move |database| async move {
            let session = Session::new(database, shared);
            if session.shared.sources.is_empty() {
                return Err(InboxError::misused(
                    "an inbox for administration claims nothing: give it the webhook of each source",
                ));
            }
            for _ in 0..ROUNDS {
                session.begin(state).await?;
                let done = claim(&session, limit.clamp(1, 1000)).await;
                if let Some(claimed) = session.end(done).await? {
                    return Ok(claimed);
                }
            }
            Ok(Vec::new())
        })
    }

    /// Makes the operation that begins a transaction in which a delivery is handled and
    /// [`complete`](Self::complete) is called, where the driver has no way of its own.
    ///
    /// # Errors
    /// The operation's errors: [`InboxErrorCode::OpenTransaction`], [`InboxErrorCode::Unavailable`].
    #[must_use]
    pub fn begin(&self, state: TransactionState) -> Operation<()> {
        let shared = self.0.clone();
        Operation::new(move |database| async move {
            Session::new(database, shared).begin_unchecked(state).await
        })
    }

    /// Makes the operation that commits what [`begin`](Self::begin) began.
    ///
    /// # Errors
    /// The operation's errors: [`InboxErrorCode::Unavailable`], after which it is rolled back as far
    /// as the database can be reached.
    #[must_use]
    pub fn commit(&self) -> Operation<()> {
        let shared = self.0.clone();
        Operation::new(|database| async move { Session::new(database, shared).end(Ok(())).await })
    }

    /// Makes the operation that rolls back what [`begin`](Self::begin) began.
    ///
    /// # Errors
    /// The operation's errors: [`InboxErrorCode::Unavailable`].
    #[must_use]
    pub fn rollback(&self) -> Operation<()> {
        let shared = self.0.clone();
        Operation::new(|database| async move { Session::new(database, shared).roll_back().await })
    }

    /// Makes the operation that sets a savepoint in the caller's open transaction, before a claimed
    /// delivery is handled in it. Then [`complete`](Self::complete) fails where the database has
    /// rolled that transaction back in the meantime, as MariaDB does at a deadlock, and an error that
    /// said so was caught.
    ///
    /// # Errors
    /// The operation's errors: [`InboxErrorCode::NoTransaction`], [`InboxErrorCode::Unavailable`].
    #[must_use]
    pub fn savepoint(&self, claimed: &Claimed, state: TransactionState) -> Operation<()> {
        let (shared, has_savepoint) = (self.0.clone(), claimed.has_savepoint.clone());
        Operation::new(move |database| async move {
            let session = Session::new(database, shared);
            // Where the driver is wrong, completing tells.
            if state != TransactionState::Open {
                session.join(state).await?;
            }
            session.set_savepoint().await?;
            has_savepoint.store(true, Relaxed);
            Ok(())
        })
    }

    /// Makes the operation that records a claimed delivery as done, in the caller's open
    /// transaction: it is committed, or rolled back, with what the caller writes.
    ///
    /// # Errors
    /// The operation's errors: [`InboxErrorCode::LeaseLost`], after which roll back, for another
    /// worker handles it; [`InboxErrorCode::NoTransaction`], [`InboxErrorCode::Unavailable`], also if
    /// the transaction is not the one in which the [`savepoint`](Self::savepoint) was set.
    #[must_use]
    pub fn complete(&self, claimed: &Claimed, state: TransactionState) -> Operation<()> {
        let (shared, held) = (self.0.clone(), Held::of(claimed));
        let has_savepoint = claimed.has_savepoint.load(Relaxed);
        Operation::new(move |database| async move {
            let session = Session::new(database, shared);
            if has_savepoint {
                session.release_savepoint().await?;
            } else {
                session.join(state).await?;
            }
            let changed = session.change("complete", vec![held.seq.into(), held.fence.into()]);
            held.check(changed.await?)?;
            promote(&session, held.aggregate.as_deref()).await
        })
    }

    /// Makes the operation that gives a claimed delivery back, to be tried again later; or that
    /// records it as dead, if that was its last attempt. It gives how long it waits, none if it is
    /// dead. `error` says what went wrong, for people: the class of an error, not a payload.
    ///
    /// # Errors
    /// The operation's errors: [`InboxErrorCode::LeaseLost`], [`InboxErrorCode::OpenTransaction`],
    /// [`InboxErrorCode::Unavailable`].
    #[must_use]
    pub fn release(
        &self,
        claimed: &Claimed,
        error: &str,
        state: TransactionState,
    ) -> Operation<Option<Duration>> {
        let (shared, held) = (self.0.clone(), Held::of(claimed));
        let error = shortened(error);
        Operation::new(move |database| async move {
            let session = Session::new(database, shared);
            session.begin(state).await?;
            let done = release(&session, &held, error).await;
            session.end(done).await
        })
    }

    /// Makes the operation that records a claimed delivery as dead: it is not tried again until a
    /// person retries it.
    ///
    /// # Errors
    /// As [`release`](Self::release).
    #[must_use]
    pub fn dead(&self, claimed: &Claimed, error: &str, state: TransactionState) -> Operation<()> {
        let (shared, held) = (self.0.clone(), Held::of(claimed));
        let error = shortened(error);
        Operation::new(move |database| async move {
            let session = Session::new(database, shared);
            session.begin(state).await?;
            let done = kill(&session, &held, error).await;
            session.end(done).await
        })
    }

    /// Makes the operation that begins a claimed delivery's lease anew, for work that takes longer.
    ///
    /// In a transaction that is open it becomes a part of that: until the transaction ends no other
    /// worker can claim the delivery.
    ///
    /// # Errors
    /// The operation's errors: [`InboxErrorCode::LeaseLost`], [`InboxErrorCode::Unavailable`].
    #[must_use]
    pub fn extend(&self, claimed: &Claimed, state: TransactionState) -> Operation<()> {
        let (shared, held) = (self.0.clone(), Held::of(claimed));
        Operation::new(move |database| async move {
            let session = Session::new(database, shared);
            let is_own = session.join_or_begin(state).await?;
            let lease = milliseconds(session.shared.lease).into();
            let parameters = vec![lease, held.seq.into(), held.fence.into()];
            let done = session.change("extend", parameters).await;
            let done = done.and_then(|changed| held.check(changed));
            if is_own { session.end(done).await } else { done }
        })
    }
}

/// A delivery that a worker holds.
struct Held {
    seq: i64,
    fence: i64,
    attempt: u32,
    source: String,
    aggregate: Option<Vec<u8>>,
}

impl Held {
    fn of(claimed: &Claimed) -> Self {
        Self {
            seq: claimed.seq,
            fence: claimed.fence,
            attempt: claimed.attempt,
            source: claimed.source.clone(),
            aggregate: claimed.aggregate.clone(),
        }
    }

    /// Refuses a change that did not find the delivery still claimed.
    fn check(&self, changed: u64) -> Result<(), InboxError> {
        if changed > 0 {
            return Ok(());
        }
        Err(InboxError::new(
            InboxErrorCode::LeaseLost,
            format!(
                "the lease of delivery {} was lost: it took longer than the lease and another \
                 worker has it, or a person took it back. Roll back what was done for it, and \
                 extend the lease while working, or make it longer",
                self.seq
            ),
        ))
    }
}

/// Returns the error's text without NUL, which PostgreSQL does not accept, and not longer than the
/// column.
fn shortened(error: &str) -> String {
    error.chars().filter(|character| *character != '\0').take(MAX_ERROR).collect()
}

async fn release(
    session: &Session,
    held: &Held,
    error: String,
) -> Result<Option<Duration>, InboxError> {
    let backoff = session.shared.backoff;
    if held.attempt >= backoff.attempts {
        kill(session, held, error).await?;
        return Ok(None);
    }
    let wait = backoff.wait(held.seq, held.attempt);
    let parameters =
        vec![milliseconds(wait).into(), error.into(), held.seq.into(), held.fence.into()];
    held.check(session.change("release", parameters).await?)?;
    Ok(Some(wait))
}

/// Records it as dead.
async fn kill(session: &Session, held: &Held, error: String) -> Result<(), InboxError> {
    let blocks = blocks(session, &held.source, held.aggregate.as_deref());
    let parameters =
        vec![error.into(), i64::from(blocks).into(), held.seq.into(), held.fence.into()];
    held.check(session.change("dead", parameters).await?)?;
    if blocks { Ok(()) } else { promote(session, held.aggregate.as_deref()).await }
}

/// Returns `true` if a dead event holds up those after it.
fn blocks(session: &Session, source: &str, aggregate: Option<&[u8]>) -> bool {
    let order = session.shared.sources.get(source).and_then(|source| source.order.as_ref());
    aggregate.is_some() && order.is_none_or(|order| order.dead_blocks)
}

/// Lets the next one of the aggregate be claimed.
pub(super) async fn promote(session: &Session, aggregate: Option<&[u8]>) -> Result<(), InboxError> {
    let Some(aggregate) = aggregate else { return Ok(()) };
    let rows = session.query("next", vec![aggregate.into()]).await?;
    if let Some(next) = rows.first().and_then(|row| row.integer(0)) {
        session.change("promote", vec![next.into()]).await?;
    }
    Ok(())
}

/// The deliveries that were leased; `None` if there are others to look at.
async fn claim(session: &Session, limit: usize) -> Result<Option<Vec<Claimed>>, InboxError> {
    let sources: Vec<Value> =
        session.shared.sources.keys().map(|name| name.as_str().into()).collect();
    let count = sources.len();
    let due = session.query_with("due", sources, count, limit).await?;
    let is_all = due.len() < limit;
    let mut ready: Vec<Value> = Vec::new();
    for mut row in due {
        if let Some(seq) = admit(session, &mut row).await? {
            ready.push(seq.into());
        }
    }
    if ready.is_empty() {
        return Ok(is_all.then(Vec::new));
    }
    let count = ready.len();
    let mut parameters = vec![milliseconds(session.shared.lease).into()];
    parameters.extend(ready.clone());
    session.change_with("lease", parameters, count).await?;
    let mut claimed = Vec::with_capacity(count);
    for row in session.query_with("leased", ready, count, 0).await? {
        claimed.extend(open(session, row).await?);
    }
    Ok((is_all || !claimed.is_empty()).then_some(claimed))
}

/// The number of a delivery that may be leased; what must wait or has failed too often is set aside.
async fn admit(session: &Session, row: &mut Row) -> Result<Option<i64>, InboxError> {
    let (Some(seq), attempts) = (row.integer(0), row.integer(2).unwrap_or_default()) else {
        return Ok(None);
    };
    let aggregate = row.bytes(3);
    if let Some(aggregate) = &aggregate
        && let Some((first, _)) = head(session, aggregate).await?
        && first != seq
    {
        if let ("blocked", _) = wait_for(session, first).await? {
            session.change("block", vec![seq.into()]).await?;
        } else {
            let parameters = vec![LOOK_AGAIN.into(), None::<String>.into(), seq.into()];
            session.change("postpone", parameters).await?;
        }
        return Ok(None);
    }
    if attempts >= i64::from(session.shared.backoff.attempts) {
        let source = row.text(5).unwrap_or_default();
        let blocks = blocks(session, &source, aggregate.as_deref());
        let error = "every attempt was begun and none ended: its worker dies or takes longer than \
                     the lease";
        session.change("exhaust", vec![error.into(), i64::from(blocks).into(), seq.into()]).await?;
        if !blocks {
            promote(session, aggregate.as_deref()).await?;
        }
        return Ok(None);
    }
    Ok(Some(seq))
}

/// A delivery as it is stored, which somebody may have altered.
struct Stored {
    key: Vec<u8>,
    headers: String,
    body: Vec<u8>,
    digest: Vec<u8>,
}

/// Why a stored delivery gives no event.
enum Refusal {
    /// The signature is right for no secret.
    UnknownKey,
    /// The delivery is not what was stored.
    Altered(&'static str),
}

/// Verifies a leased delivery again; sets it aside if it is not to be believed.
async fn open(session: &Session, mut row: Row) -> Result<Option<Claimed>, InboxError> {
    let (Some(seq), Some(fence)) = (row.integer(0), row.integer(1)) else { return Ok(None) };
    let attempt = u32::try_from(row.integer(2).unwrap_or_default()).unwrap_or_default();
    let received_at = time(row.integer(6).unwrap_or_default());
    let held = Held {
        seq,
        fence,
        attempt,
        aggregate: row.bytes(3),
        source: row.text(4).unwrap_or_default(),
    };
    let stored = Stored {
        key: row.bytes(5).unwrap_or_default(),
        headers: row.text(8).unwrap_or_default(),
        body: row.bytes(9).unwrap_or_default(),
        digest: row.bytes(10).unwrap_or_default(),
    };
    match verify(session, &held, &stored, received_at) {
        Ok(event) => {
            let Held { source, aggregate, .. } = held;
            let has_savepoint = Arc::default();
            Ok(Some(Claimed {
                seq,
                fence,
                attempt,
                aggregate,
                source,
                received_at,
                event,
                has_savepoint,
            }))
        }
        Err(Refusal::Altered(error)) => {
            kill(session, &held, error.to_owned()).await?;
            Ok(None)
        }
        Err(Refusal::UnknownKey) => {
            let error = "unknown key: the signature is right for none of the webhook's secrets. Was \
                         one rotated away? Give the webhook the old one too while deliveries wait";
            let parameters = vec![UNKNOWN_KEY_WAIT.into(), error.into(), seq.into(), fence.into()];
            session.change("hand_back", parameters).await?;
            Ok(None)
        }
    }
}

fn verify(
    session: &Session,
    held: &Held,
    stored: &Stored,
    received_at: SystemTime,
) -> Result<crate::Event<'static>, Refusal> {
    if Sha256::digest(&stored.body).as_slice() != stored.digest {
        return Err(Refusal::Altered("the body is not the one that was stored"));
    }
    let headers = recorded::read(&stored.headers)
        .ok_or(Refusal::Altered("the headers are not those that were stored"))?;
    let source = session
        .shared
        .sources
        .get(&held.source)
        .ok_or(Refusal::Altered("the source is not the one that was stored"))?;
    let request = recorded::Head(&headers);
    let event = match source.webhook.verify_stored(&stored.body, &request, received_at) {
        Ok(event) => event.into_owned(),
        Err(error) if error.code() == ErrorCode::SignatureMismatch => {
            return Err(Refusal::UnknownKey);
        }
        Err(_) => return Err(Refusal::Altered("it does not verify as of when it was received")),
    };
    if key(&EventParts::of(&event)) != stored.key {
        return Err(Refusal::Altered("the key is not the event's"));
    }
    let place = source.order.as_ref().and_then(|order| order.place(&held.source, &event));
    match (&held.aggregate, place) {
        (Some(stored), Some(place)) if *stored != place.aggregate => {
            Err(Refusal::Altered("the aggregate is not the event's"))
        }
        // It was stored before, or after, the source was ordered.
        _ => Ok(event),
    }
}

/// The time so many milliseconds after 1970.
fn time(milliseconds: i64) -> SystemTime {
    let since = Duration::from_millis(u64::try_from(milliseconds).unwrap_or_default());
    SystemTime::UNIX_EPOCH.checked_add(since).unwrap_or(SystemTime::UNIX_EPOCH)
}
