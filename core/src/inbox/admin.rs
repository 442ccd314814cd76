//! Administration of an inbox: making its tables, looking into it, retrying, replaying, discarding,
//! pruning.

use std::sync::Arc;
use std::time::Duration;

use super::deliveries::{Entry, Kept, SourceStats, State, Stats};
use super::failure::{InboxError, InboxErrorCode};
use super::handle::Inbox;
use super::operation::{Operation, Row};
use super::retention::milliseconds;
use super::session::{Access, Session, TransactionState, wrong_version};
use super::statements::SCHEMA_VERSION;
use super::store::delete;
use super::value::Value;
use super::work::promote;
use super::{recorded, statements};

/// How many deliveries are removed in one transaction.
const PRUNED_AT_ONCE: usize = 500;

/// A filter for the deliveries to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only deliveries in this state.
    pub state: Option<State>,
    /// Only deliveries of this source.
    pub source: Option<String>,
    /// Only deliveries of events of this type.
    pub event_type: Option<String>,
    /// Only deliveries with this text in their key or their body, byte for byte. Every delivery is
    /// looked at until enough are found.
    pub search: Option<String>,
    /// Only deliveries with a smaller number than this, to continue a list.
    pub before: Option<i64>,
    /// The most deliveries to list, the latest first; up to 1000, and 100 if it is 0.
    pub limit: usize,
}

impl Inbox {
    /// Makes the operation that makes the tables, or does nothing where they are there. It gives
    /// whether it made them.
    ///
    /// # Errors
    /// The operation's errors: [`InboxErrorCode::SchemaVersion`] if the tables are of a newer
    /// version, [`InboxErrorCode::OpenTransaction`], [`InboxErrorCode::Unavailable`].
    #[must_use]
    pub fn migrate(&self, state: TransactionState) -> Operation<bool> {
        let shared = self.0.clone();
        Operation::new(move |database| async move {
            let session = Session::new(database, shared);
            session.begin_unchecked(state).await?;
            let version = session.version().await;
            match session.end(version).await {
                Ok(Some(SCHEMA_VERSION)) => return Ok(false),
                Ok(found) => return Err(wrong_version(found)),
                Err(InboxError::Inbox { code: InboxErrorCode::SchemaMissing, .. }) => {}
                Err(error) => return Err(error),
            }
            session.begin_unchecked(TransactionState::Closed).await?;
            let (dialect, prefix) = (session.shared.dialect, session.shared.prefix.clone());
            let mut done = Ok(true);
            for statement in statements::schema_statements(dialect, &prefix) {
                if let Err(error) = session.execute(statement).await {
                    done = Err(error);
                    break;
                }
            }
            session.end(done).await
        })
    }

    /// Makes the operation that counts what is not done.
    ///
    /// # Errors
    /// The operation's errors: [`InboxErrorCode::OpenTransaction`],
    /// [`InboxErrorCode::Unavailable`], and those of a missing or wrong schema.
    #[must_use]
    pub fn stats(&self, state: TransactionState) -> Operation<Stats> {
        self.alone(Access::Read, state, |session| async move { counted(&session).await })
    }

    /// Makes the operation that writes the counts as `OpenMetrics`, for monitoring: as
    /// [`Stats::to_openmetrics`].
    ///
    /// # Errors
    /// As [`stats`](Self::stats).
    #[must_use]
    pub fn openmetrics(&self, state: TransactionState) -> Operation<String> {
        self.alone(Access::Read, state, |session| async move {
            Ok(counted(&session).await?.to_openmetrics())
        })
    }

    /// Makes the operation that lists deliveries, the latest first.
    ///
    /// # Errors
    /// As [`stats`](Self::stats).
    #[must_use]
    pub fn list(&self, filter: Filter, state: TransactionState) -> Operation<Vec<Entry>> {
        self.alone(Access::Read, state, move |session| async move {
            let source = filter.source.as_deref().unwrap_or_default();
            let event_type = filter.event_type.as_deref().unwrap_or_default();
            let search = filter.search.as_deref().unwrap_or_default().as_bytes();
            let mut parameters: Vec<Value> = vec![filter.before.unwrap_or(i64::MAX).into()];
            let statement = match filter.state {
                None | Some(State::Done) => {
                    let wanted = filter.state.map_or("", State::as_str);
                    parameters.extend([wanted.into(), wanted.into()]);
                    "list"
                }
                Some(open) => {
                    parameters.push(open.as_str().into());
                    "list_open"
                }
            };
            parameters.extend([source.into(), source.into()]);
            parameters.extend([event_type.into(), event_type.into()]);
            parameters.extend([search.into(), search.into(), search.into()]);
            let limit = if filter.limit == 0 { 100 } else { filter.limit.min(1000) };
            let rows = session.query_with(statement, parameters, 0, limit).await?;
            Ok(rows.into_iter().filter_map(entry).collect())
        })
    }

    /// Makes the operation that gives what is kept of a delivery; none if there is no such delivery,
    /// or only its key was kept.
    ///
    /// # Errors
    /// As [`stats`](Self::stats).
    #[must_use]
    pub fn show(&self, seq: i64, state: TransactionState) -> Operation<Option<Kept>> {
        self.alone(Access::Read, state, move |session| async move {
            let rows = session.query("show", vec![seq.into()]).await?;
            Ok(rows.into_iter().next().and_then(|mut row| {
                let headers = recorded::read(&row.text(0)?)?;
                Some(Kept { headers, body: row.bytes(1)? })
            }))
        })
    }

    /// Makes the operation that lets dead deliveries be tried again, with all their attempts: the
    /// one with this number, or all. It gives how many.
    ///
    /// # Errors
    /// As [`stats`](Self::stats).
    #[must_use]
    pub fn retry(&self, seq: Option<i64>, state: TransactionState) -> Operation<u64> {
        self.alone(Access::Write, state, move |session| async move {
            match seq {
                Some(seq) => session.change("revive", vec![seq.into(), "dead".into()]).await,
                None => session.change("retry_all", Vec::new()).await,
            }
        })
    }

    /// Makes the operation that lets a delivery that is done be handled once more. It gives whether
    /// there is such a one, with its body.
    ///
    /// # Errors
    /// As [`stats`](Self::stats).
    #[must_use]
    pub fn replay(&self, seq: i64, state: TransactionState) -> Operation<bool> {
        self.alone(Access::Write, state, move |session| async move {
            let rows = session.query("show", vec![seq.into()]).await?;
            if rows.into_iter().next().and_then(|mut row| row.bytes(1)).is_none() {
                return Ok(false);
            }
            Ok(session.change("revive", vec![seq.into(), "done".into()]).await? > 0)
        })
    }

    /// Makes the operation that takes a dead delivery for done, so that those after it are handled.
    /// It gives whether there is such a one.
    ///
    /// # Errors
    /// As [`stats`](Self::stats).
    #[must_use]
    pub fn discard(&self, seq: i64, state: TransactionState) -> Operation<bool> {
        self.alone(Access::Write, state, move |session| async move {
            if session.change("discard", vec![seq.into()]).await? == 0 {
                return Ok(false);
            }
            let rows = session.query("aggregate_of", vec![seq.into()]).await?;
            let aggregate = rows.into_iter().next().and_then(|mut row| row.bytes(0));
            promote(&session, aggregate.as_deref()).await?;
            Ok(true)
        })
    }

    /// Makes the operation that removes what was done longer ago than `keep`, at least as long as
    /// its key counts. What is not done, or dead, stays. It gives how many were removed.
    ///
    /// # Errors
    /// As [`stats`](Self::stats).
    #[must_use]
    pub fn prune(&self, keep: Option<Duration>, state: TransactionState) -> Operation<u64> {
        let shared = self.0.clone();
        Operation::new(move |database| async move {
            let session = Session::new(database, shared);
            let mut removed = 0;
            for (source, age) in pruned(&session, keep, state).await? {
                loop {
                    session.begin(state).await?;
                    let done = prune(&session, &source, age).await;
                    let count = session.end(done).await?;
                    removed += count as u64;
                    if count < PRUNED_AT_ONCE {
                        break;
                    }
                }
            }
            Ok(removed)
        })
    }

    /// An operation in a transaction of its own.
    fn alone<T: Send, F>(
        &self,
        access: Access,
        state: TransactionState,
        work: impl FnOnce(Arc<Session>) -> F + Send + 'static,
    ) -> Operation<T>
    where
        F: Future<Output = Result<T, InboxError>> + Send,
    {
        let shared = self.0.clone();
        Operation::new(move |database| async move {
            let session = Arc::new(Session::new(database, shared));
            session.begin_for(access, state).await?;
            let done = work(session.clone()).await;
            session.end(done).await
        })
    }
}

/// The sources to prune, and the age of what is removed of each, in milliseconds.
async fn pruned(
    session: &Session,
    keep: Option<Duration>,
    state: TransactionState,
) -> Result<Vec<(String, i64)>, InboxError> {
    if !session.shared.sources.is_empty() {
        let sources = session.shared.sources.iter().map(|(name, source)| {
            let longest = source.retention.longest().max(keep.unwrap_or_default());
            (name.clone(), milliseconds(longest))
        });
        return Ok(sources.collect());
    }
    let Some(keep) = keep else {
        return Err(InboxError::misused(
            "an inbox without webhooks does not know how long keys count: say how long to keep what \
             is done",
        ));
    };
    session.begin(state).await?;
    let rows = session.query("sources", Vec::new()).await;
    let rows = session.end(rows).await?;
    let named = rows.into_iter().filter_map(|mut row| row.text(0));
    Ok(named.map(|name| (name, milliseconds(keep))).collect())
}

/// Removes some that are done, and some of which only the key was kept.
async fn prune(session: &Session, source: &str, age: i64) -> Result<usize, InboxError> {
    let mut removed = 0;
    for name in ["old", "old_keys"] {
        let parameters = vec![age.into(), source.into()];
        let rows = session.query_with(name, parameters, 0, PRUNED_AT_ONCE).await?;
        let seqs: Vec<i64> = rows.iter().filter_map(|row| row.integer(0)).collect();
        if !seqs.is_empty() {
            delete(session, &seqs).await?;
        }
        removed += seqs.len();
    }
    Ok(removed)
}

async fn counted(session: &Session) -> Result<Stats, InboxError> {
    let rows = session.query("stats", Vec::new()).await?;
    let conflicts = session.query("conflicts", Vec::new()).await?;
    let conflicts = conflicts.first().and_then(|row| row.integer(1)).unwrap_or_default();
    let mut counted = Stats { conflicts: count(conflicts), ..Stats::default() };
    for row in rows {
        add(session, &mut counted, row);
    }
    Ok(counted)
}

fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

/// Adds a row of counts: source, state, count, when the oldest was due, whether one is late, now.
fn add(session: &Session, stats: &mut Stats, mut row: Row) {
    let (Some(source), Some(name)) = (row.text(0), row.text(1)) else { return };
    let number = count(row.integer(2).unwrap_or_default());
    if stats.sources.last().is_none_or(|last| last.source != source) {
        let is_known = session.shared.sources.contains_key(&source);
        stats.sources.push(SourceStats { source, is_known, ..SourceStats::default() });
    }
    let Some(last) = stats.sources.last_mut() else { return };
    match State::from_name(&name) {
        Some(State::Waiting) => last.waiting = number,
        Some(State::Leased) => last.leased = number,
        Some(State::Blocked) => last.blocked = number,
        Some(State::Dead) => last.dead = number,
        Some(State::Done) | None => {}
    }
    last.has_late |= row.integer(4) == Some(1);
    if let (Some(due), Some(now)) = (row.integer(3), row.integer(5)) {
        last.oldest_due =
            last.oldest_due.max(Duration::from_millis(count(now.saturating_sub(due))));
    }
}

fn entry(mut row: Row) -> Option<Entry> {
    Some(Entry {
        seq: row.integer(0)?,
        due: row.integer(3),
        attempts: u32::try_from(row.integer(4)?).ok()?,
        finished_at: row.integer(6),
        is_late: row.integer(7)? == 1,
        received_at: row.integer(9)?,
        duplicates: count(row.integer(11)?),
        conflicts: count(row.integer(12)?),
        body_length: row.integer(13).map(count),
        source: row.text(1)?,
        state: State::from_name(&row.text(2)?)?,
        error: row.text(5),
        dedupe_key: String::from_utf8_lossy(&row.bytes(8)?).into_owned(),
        event_type: row.text(10)?,
    })
}
