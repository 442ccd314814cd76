//! The latest arrivals, kept for the page in bounded memory.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use super::arrival::{Arrival, Verdict};

/// The number of arrivals that are kept.
pub(super) const KEEPS: usize = 200;
/// The memory that they may take together; the latest is always kept.
const KEEPS_BYTES: usize = 32 << 20;

/// The latest arrivals, and how many there were.
#[derive(Debug)]
pub(super) struct History {
    entries: Mutex<Entries>,
    latest: watch::Sender<Latest>,
}

/// What a page has to be told of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Latest {
    /// The number of the latest arrival.
    pub(super) number: u64,
    /// The number up to which they were given up on demand.
    pub(super) cleared: u64,
}

#[derive(Debug, Default)]
struct Entries {
    kept: VecDeque<Arc<Arrival>>,
    weight: usize,
    /// The number of the latest, replays included.
    latest: Latest,
    totals: Totals,
}

/// The number of arrivals from outside, by their verdicts.
#[derive(Clone, Debug, Default)]
pub(super) struct Totals {
    pub(super) verified: u64,
    /// By the code of the error.
    pub(super) refused: BTreeMap<&'static str, u64>,
}

impl Totals {
    pub(super) fn all(&self) -> u64 {
        self.verified + self.all_refused()
    }

    pub(super) fn all_refused(&self) -> u64 {
        self.refused.values().sum()
    }
}

impl History {
    pub(super) fn new() -> Self {
        Self { entries: Mutex::default(), latest: watch::Sender::new(Latest::default()) }
    }

    /// Numbers an arrival and keeps it, and gives up the oldest ones if there is not room for all.
    pub(super) fn add(&self, mut arrival: Arrival) -> Arc<Arrival> {
        let mut entries = self.entries();
        match &arrival.verdict {
            _ if arrival.replay.is_some() => {}
            Verdict::Verified(_) => entries.totals.verified += 1,
            Verdict::Refused(refusal) => {
                *entries.totals.refused.entry(refusal.code).or_default() += 1;
            }
        }
        entries.latest.number += 1;
        arrival.number = entries.latest.number;
        let arrival = Arc::new(arrival);
        entries.weight += arrival.weight();
        entries.kept.push_back(Arc::clone(&arrival));
        while entries.kept.len() > KEEPS || (entries.weight > KEEPS_BYTES && entries.kept.len() > 1)
        {
            let oldest = entries.kept.pop_front();
            entries.weight -= oldest.map_or(0, |oldest| oldest.weight());
        }
        self.latest.send_replace(entries.latest);
        arrival
    }

    /// Gives up all that is kept, on demand.
    pub(super) fn clear(&self) {
        let mut entries = self.entries();
        entries.kept.clear();
        entries.weight = 0;
        entries.latest.cleared = entries.latest.number;
        self.latest.send_replace(entries.latest);
    }

    /// Gives the arrival with this number, if it is still kept.
    pub(super) fn get(&self, number: u64) -> Option<Arc<Arrival>> {
        let entries = self.entries();
        entries.kept.iter().find(|arrival| arrival.number == number).cloned()
    }

    /// Gives what is kept of those that came after the one with this number.
    pub(super) fn after(&self, number: u64) -> Vec<Arc<Arrival>> {
        let entries = self.entries();
        entries.kept.iter().filter(|arrival| arrival.number > number).cloned().collect()
    }

    /// Gives the number of the oldest that is kept.
    pub(super) fn oldest(&self) -> u64 {
        self.entries().kept.front().map_or(0, |arrival| arrival.number)
    }

    /// Watches what arrives and is cleared.
    pub(super) fn latest(&self) -> watch::Receiver<Latest> {
        self.latest.subscribe()
    }

    pub(super) fn totals(&self) -> Totals {
        self.entries().totals.clone()
    }

    fn entries(&self) -> MutexGuard<'_, Entries> {
        // Nothing in here can be left half done.
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use axum::body::Bytes;

    use super::super::arrival::{Answer, Refusal, Replay, Request};
    use super::*;

    fn arrival(bytes: usize) -> Arrival {
        let request = Request {
            method: "POST".to_owned(),
            target: "/".to_owned(),
            headers: Vec::new(),
            body: Bytes::from(vec![b' '; bytes]),
            content: Bytes::new(),
        };
        let refusal = Refusal {
            code: "missing_header",
            message: String::new(),
            status: 401,
            is_of_the_core: false,
            explanation: None,
        };
        Arrival {
            number: 0,
            at: SystemTime::now(),
            request,
            verdict: Verdict::Refused(refusal),
            answer: Answer { status: 401, from: None },
            saved: None,
            replay: None,
        }
    }

    fn kept(history: &History) -> Vec<u64> {
        history.after(0).iter().map(|arrival| arrival.number).collect()
    }

    #[test]
    fn the_oldest_make_room() {
        let history = History::new();
        for _ in 0..KEEPS + 5 {
            history.add(arrival(10));
        }
        assert_eq!(kept(&history), (6..=KEEPS as u64 + 5).collect::<Vec<_>>());
        assert_eq!(history.totals().all(), KEEPS as u64 + 5);
        assert!(history.get(5).is_none() && history.get(6).is_some());
        assert_eq!(history.oldest(), 6);
    }

    #[test]
    fn what_is_cleared_is_gone_and_what_comes_after_is_kept() {
        let history = History::new();
        history.add(arrival(10));
        let replay = Some(Replay { of: 1, is_signed_anew: false });
        history.add(Arrival { replay, ..arrival(10) });
        history.clear();
        assert_eq!(kept(&history), [0_u64; 0]);
        assert_eq!(*history.latest().borrow(), Latest { number: 2, cleared: 2 });
        history.add(arrival(10));
        assert_eq!(kept(&history), [3]);
        // A replay is no delivery.
        assert_eq!(history.totals().all(), 2);
    }

    #[test]
    fn large_ones_make_room_earlier() {
        let history = History::new();
        for _ in 0..10 {
            history.add(arrival(KEEPS_BYTES / 4));
        }
        assert_eq!(kept(&history), [8, 9, 10]);
        history.add(arrival(KEEPS_BYTES * 2));
        assert_eq!(kept(&history), [11]);
    }
}
