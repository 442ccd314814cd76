//! Deliveries as an inbox reports them.

use core::fmt;
use std::time::{Duration, SystemTime};

use serde::Serialize;

use crate::Event;

/// What became of a delivery that was received.
#[derive(Debug)]
#[non_exhaustive]
pub enum Received {
    /// It is stored, and a worker will get it.
    Stored,
    /// It was stored before.
    Duplicate {
        /// Whether the one that is stored has another body.
        is_conflict: bool,
    },
    /// It only asks whether the endpoint works ([`Event::is_check`]): it is not stored.
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

/// Where a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum State {
    /// A worker may take it when it is due.
    Waiting,
    /// A worker has it.
    Leased,
    /// An earlier one of the same aggregate is not done.
    Blocked,
    /// It was handled.
    Done,
    /// It failed for good: a person must look at it.
    Dead,
}

impl State {
    /// Every state.
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
}

/// What an inbox holds that is not done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Stats {
    /// Each source's counts, sorted by name.
    pub sources: Vec<SourceStats>,
    /// How many deliveries came again with another body.
    pub conflicts: u64,
}

/// A source's counts of deliveries that are not done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SourceStats {
    /// The source's name.
    pub source: String,
    /// Whether this inbox has its webhook; without, none of its deliveries is claimed here.
    pub is_known: bool,
    /// How many a worker may take now or later.
    pub waiting: u64,
    /// How many workers have.
    pub leased: u64,
    /// How many wait for an earlier one.
    pub blocked: u64,
    /// How many failed for good.
    pub dead: u64,
    /// How long the one that has been due for longest waits; zero if none is due.
    #[serde(serialize_with = "seconds", rename = "oldest_due_seconds")]
    pub oldest_due: Duration,
    /// Whether one that is not done came after a later one of its aggregate was.
    pub has_late: bool,
}

fn seconds<S: serde::Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(duration.as_secs_f64())
}

/// A delivery in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Entry {
    /// Its number in the inbox.
    pub seq: i64,
    /// The source that sent it.
    pub source: String,
    /// Where it stands.
    pub state: State,
    /// When a worker may take it, in milliseconds since 1970.
    pub due: Option<i64>,
    /// How often it was tried.
    pub attempts: u32,
    /// Why the last attempt failed.
    pub error: Option<String>,
    /// When it was done or died, in milliseconds since 1970.
    pub finished_at: Option<i64>,
    /// Whether it came after a later one of its aggregate was done.
    pub is_late: bool,
    /// The key that it is recognised by.
    pub dedupe_key: String,
    /// When it was stored, in milliseconds since 1970.
    pub received_at: i64,
    /// The event's type, as it was when it was stored.
    pub event_type: String,
    /// How often it came again.
    pub duplicates: u64,
    /// How often it came again with another body.
    pub conflicts: u64,
    /// How long its body is, in bytes; none where only the key was kept.
    pub body_length: Option<u64>,
}

/// What is kept of a delivery.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Kept {
    /// The headers that its scheme reads.
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
