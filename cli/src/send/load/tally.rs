//! What is counted while a load is driven.

use std::collections::BTreeMap;
use std::time::Duration;

use hdrhistogram::Histogram;

use crate::failure::Failure;
use crate::send::human;
use crate::send::sender::Reply;
use crate::send::terms::Terms;
use crate::send::trouble::Cause;

/// More than any timeout, in microseconds: a day.
const LONGEST: u64 = 86_400_000_000;

/// The counts, and how long the answers took.
#[derive(Debug)]
pub(in crate::send) struct Tally {
    pub(super) sent: u64,
    pub(super) accepted: u64,
    /// By status.
    pub(super) refused: BTreeMap<u16, u64>,
    /// By cause.
    pub(super) lost: BTreeMap<Cause, u64>,
    /// Of the answers, in microseconds since each delivery was due.
    pub(super) latencies: Histogram<u64>,
    /// When the latest was sent, from the start.
    pub(super) last_sent: Duration,
    /// How late the latest one was sent.
    pub(super) most_late: Duration,
    /// Why one could not be sent.
    pub(super) failure: Option<Failure>,
}

impl Tally {
    pub(super) fn new() -> Result<Self, Failure> {
        // With three figures no number is off by more than a thousandth.
        let latencies = Histogram::new_with_bounds(1, LONGEST, 3)
            .map_err(|error| Failure::network(format!("nothing can be measured: {error}")))?;
        Ok(Self {
            sent: 0,
            accepted: 0,
            refused: BTreeMap::new(),
            lost: BTreeMap::new(),
            latencies,
            last_sent: Duration::ZERO,
            most_late: Duration::ZERO,
            failure: None,
        })
    }

    pub(super) fn sent(&mut self, at: Duration, late: Duration) {
        self.sent += 1;
        self.last_sent = self.last_sent.max(at);
        self.most_late = self.most_late.max(late);
    }

    pub(super) fn answered(&mut self, reply: &Reply, latency: Duration, terms: &Terms) {
        match &reply.answer {
            Ok(answer) => {
                let micros = u64::try_from(latency.as_micros()).unwrap_or(u64::MAX);
                self.latencies.saturating_record(micros);
                let status = answer.status.as_u16();
                if terms.succeeds(status) {
                    self.accepted += 1;
                } else {
                    *self.refused.entry(status).or_default() += 1;
                }
            }
            Err(trouble) => *self.lost.entry(trouble.cause).or_default() += 1,
        }
    }

    pub(super) fn refused(&self) -> u64 {
        self.refused.values().sum()
    }

    pub(super) fn lost(&self) -> u64 {
        self.lost.values().sum()
    }

    /// The latency that this part of the answers kept to.
    pub(super) fn quantile(&self, part: f64) -> Duration {
        Duration::from_micros(self.latencies.value_at_quantile(part))
    }

    pub(super) fn slowest(&self) -> Duration {
        Duration::from_micros(self.latencies.max())
    }

    /// How it goes.
    pub(super) fn line(&self) -> String {
        let (sent, accepted) = (self.sent, self.accepted);
        let (refused, lost) = (self.refused(), self.lost());
        let half = human::latency(self.quantile(0.5));
        format!("{sent} sent, {accepted} accepted, {refused} refused, {lost} lost; half in {half}")
    }
}
