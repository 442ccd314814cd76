//! The counts and latencies of a load.

use std::collections::BTreeMap;
use std::time::Duration;

use hdrhistogram::Histogram;

use super::plan::Plan;
use crate::failure::Failure;
use crate::send::client::Outcome;
use crate::send::error::ErrorKind;
use crate::send::policy::RetryPolicy;
use crate::text::latency;

/// More than any timeout, in microseconds: a day.
const LONGEST: u64 = 86_400_000_000;

/// The counts, and the latencies of the answers.
#[derive(Debug)]
pub(in crate::send) struct Tally {
    pub(super) sent: u64,
    pub(super) accepted: u64,
    /// By status.
    pub(super) refused: BTreeMap<u16, u64>,
    /// By cause.
    pub(super) lost: BTreeMap<ErrorKind, u64>,
    /// Of the answers, in microseconds since each delivery was due.
    pub(super) latencies: Histogram<u64>,
    /// The time of the latest delivery, from the start.
    pub(super) last_sent: Duration,
    /// The longest that one was sent after it was due.
    pub(super) most_late: Duration,
    /// The reason why one could not be made.
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

    /// Counts a delivery that was due and is sent at these times.
    pub(super) fn sent(&mut self, due: Duration, sent: Duration) {
        self.sent += 1;
        self.last_sent = self.last_sent.max(sent);
        self.most_late = self.most_late.max(sent.saturating_sub(due));
    }

    /// Counts its outcome. The latency is measured from when it was due: an endpoint that holds up
    /// the next ones would otherwise look faster than it is.
    pub(super) fn answered(
        &mut self,
        due: Duration,
        sent: Duration,
        outcome: &Outcome,
        policy: &RetryPolicy,
    ) {
        match &outcome.answer {
            Ok(answer) => {
                let latency = sent.saturating_sub(due) + outcome.took;
                let micros = u64::try_from(latency.as_micros()).unwrap_or(u64::MAX);
                self.latencies.saturating_record(micros);
                let status = answer.status.as_u16();
                if policy.succeeds(status) {
                    self.accepted += 1;
                } else {
                    *self.refused.entry(status).or_default() += 1;
                }
            }
            Err(error) => *self.lost.entry(error.kind).or_default() += 1,
        }
    }

    /// Gives the rate at which deliveries were sent, in a second.
    pub(super) fn achieved(&self, plan: &Plan) -> f64 {
        let interval = Duration::from_secs_f64(1.0 / plan.rate);
        let sent = u32::try_from(self.sent).unwrap_or(u32::MAX);
        f64::from(sent) / (self.last_sent + interval).as_secs_f64()
    }

    /// Gives the number of deliveries that were not sent.
    pub(super) fn unsent(&self, plan: &Plan) -> u64 {
        u64::from(plan.count).saturating_sub(self.sent)
    }

    pub(super) fn refused(&self) -> u64 {
        self.refused.values().sum()
    }

    pub(super) fn lost(&self) -> u64 {
        self.lost.values().sum()
    }

    /// Gives the latency that this part of the answers kept to.
    pub(super) fn quantile(&self, part: f64) -> Duration {
        Duration::from_micros(self.latencies.value_at_quantile(part))
    }

    pub(super) fn slowest(&self) -> Duration {
        Duration::from_micros(self.latencies.max())
    }

    /// Says in one line what was counted so far.
    pub(super) fn line(&self) -> String {
        let (sent, accepted) = (self.sent, self.accepted);
        let (refused, lost) = (self.refused(), self.lost());
        let half = latency(self.quantile(0.5));
        format!("{sent} sent, {accepted} accepted, {refused} refused, {lost} lost; half in {half}")
    }
}
