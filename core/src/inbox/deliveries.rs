//! Deliveries as an inbox reports them.

use core::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, SystemTime};

use serde::Serialize;

use crate::Event;

/// The result of receiving a delivery.
#[derive(Debug)]
#[non_exhaustive]
pub enum Received {
    /// The delivery is stored, and a worker will get it.
    Stored,
    /// The delivery was stored before.
    Duplicate {
        /// Whether the one that is stored has another body.
        is_conflict: bool,
    },
    /// The event only checks that the endpoint works ([`Event::is_check`]): it is not stored.
    Check,
}

/// A delivery that is leased to a worker.
#[derive(Clone)]
pub struct Claimed {
    pub(super) seq: i64,
    pub(super) fence: i64,
    pub(super) attempt: u32,
    pub(super) aggregate: Option<Vec<u8>>,
    pub(super) source: String,
    pub(super) received_at: SystemTime,
    pub(super) event: Event<'static>,
    /// Whether a savepoint was set in the transaction that it is handled in.
    pub(super) has_savepoint: Arc<AtomicBool>,
}

impl Claimed {
    /// Returns the delivery's number in the inbox.
    #[must_use]
    pub fn seq(&self) -> i64 {
        self.seq
    }

    /// Returns which attempt this is, counted from 1.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// Returns the source that sent it.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Returns when it was stored, by the database's clock.
    #[must_use]
    pub fn received_at(&self) -> SystemTime {
        self.received_at
    }

    /// Returns the event, which was verified again.
    #[must_use]
    pub fn event(&self) -> &Event<'static> {
        &self.event
    }
}

impl fmt::Debug for Claimed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Claimed")
            .field("seq", &self.seq)
            .field("attempt", &self.attempt)
            .field("source", &self.source)
            .field("event", &self.event)
            .finish_non_exhaustive()
    }
}

/// The state of a delivery in the inbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum State {
    /// A worker may claim it when it is due.
    Waiting,
    /// A worker has it.
    Leased,
    /// An earlier one of the same aggregate is not done.
    Blocked,
    /// It was handled successfully.
    Done,
    /// It failed for good: a person must look at it.
    Dead,
}

impl State {
    /// All states.
    pub const ALL: [Self; 5] = [Self::Waiting, Self::Leased, Self::Blocked, Self::Done, Self::Dead];

    /// Returns the state's name, as the table has it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Leased => "leased",
            Self::Blocked => "blocked",
            Self::Done => "done",
            Self::Dead => "dead",
        }
    }

    /// Returns the state with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }

    /// Returns what the state means, in a few words.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Waiting => "a worker may claim it when it is due",
            Self::Leased => "a worker has it",
            Self::Blocked => "an earlier one of the same aggregate is not done",
            Self::Done => "it was handled",
            Self::Dead => "it failed for good: a person must look at it",
        }
    }
}

/// Counts of an inbox's deliveries that are not done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Stats {
    /// Each source's counts, sorted by name.
    pub sources: Vec<SourceStats>,
    /// The number of deliveries that were received again with another body.
    pub conflicts: u64,
}

/// A source's counts of deliveries that are not done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SourceStats {
    /// The source's name.
    pub source: String,
    /// True if this inbox has the source's webhook; without it, none of its deliveries is claimed
    /// here.
    pub is_known: bool,
    /// The number of deliveries that a worker may claim now or later.
    pub waiting: u64,
    /// The number of deliveries that workers have claimed.
    pub leased: u64,
    /// The number of deliveries that wait for an earlier one.
    pub blocked: u64,
    /// The number of deliveries that failed for good.
    pub dead: u64,
    /// The time for which the oldest due delivery has been waiting; zero if none is due.
    #[serde(serialize_with = "seconds", rename = "oldest_due_seconds")]
    pub oldest_due: Duration,
    /// True if a delivery that is not done was received after a later one of its aggregate was
    /// done.
    pub has_late: bool,
}

fn seconds<S: serde::Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(duration.as_secs_f64())
}

/// A delivery in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Entry {
    /// The delivery's number in the inbox.
    pub seq: i64,
    /// The source that sent it.
    pub source: String,
    /// The delivery's state.
    pub state: State,
    /// The time from which a worker may claim it, in milliseconds since 1970.
    pub due: Option<i64>,
    /// The number of attempts so far.
    pub attempts: u32,
    /// The error of the last attempt.
    pub error: Option<String>,
    /// The time at which it was done or dead, in milliseconds since 1970.
    pub finished_at: Option<i64>,
    /// True if it was received after a later one of its aggregate was done.
    pub is_late: bool,
    /// The key that identifies the event; see [`Event::dedupe_key`].
    pub dedupe_key: String,
    /// The time at which it was stored, in milliseconds since 1970.
    pub received_at: i64,
    /// The event's type, as it was when it was stored.
    pub event_type: String,
    /// The number of times that it was received again.
    pub duplicates: u64,
    /// The number of times that it was received again with another body.
    pub conflicts: u64,
    /// The length of its body in bytes; none if only the key was kept.
    pub body_length: Option<u64>,
}

/// A stored delivery: its headers and its body.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Kept {
    /// The headers that its scheme reads; if it signs the request's method or address, these are
    /// here too, as `:method` and `:url`.
    pub headers: Vec<(String, String)>,
    /// The bytes that were authenticated.
    pub body: Vec<u8>,
}

/// Without personal data.
impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kept").field("body", &self.body.len()).finish_non_exhaustive()
    }
}
