//! The plan of a load: how many deliveries, and when each.

use std::ops::RangeInclusive;
use std::time::Duration;

use crate::args::values::LONGEST_WAIT;
use crate::failure::Failure;
use crate::send::args::LoadArgs;

const USUAL_SECONDS: Duration = Duration::from_secs(10);

/// The rates that one process can keep.
const RATES: RangeInclusive<f64> = 0.001..=100_000.0;

/// The number of deliveries, and their rate.
#[derive(Clone, Copy, Debug)]
pub(in crate::send) struct Plan {
    /// In a second.
    pub(super) rate: f64,
    pub(super) count: u32,
    /// The number of those that may wait for an answer at once.
    pub(super) in_flight: u32,
}

impl Plan {
    pub(in crate::send) fn new(rate: f64, args: &LoadArgs) -> Result<Self, Failure> {
        if !RATES.contains(&rate) {
            return Err(Failure::usage("a rate between 0.001 and 100000 in a second is expected"));
        }
        let wanted = match args.count {
            Some(count) => u32::try_from(count).ok(),
            None => whole(rate * args.duration.unwrap_or(USUAL_SECONDS).as_secs_f64()),
        };
        let in_flight = u32::try_from(args.in_flight).ok();
        let (Some(count), Some(in_flight)) = (wanted, in_flight) else {
            return Err(Failure::usage("so many deliveries cannot be counted"));
        };
        let plan = Self { rate, count: count.max(1), in_flight };
        if plan.span() > LONGEST_WAIT {
            return Err(Failure::usage("so many deliveries at this rate take more than a year"));
        }
        Ok(plan)
    }

    /// Gives when a delivery is due, from the start.
    pub(super) fn due(&self, number: u32) -> Duration {
        Duration::from_secs_f64(f64::from(number) / self.rate)
    }

    /// Gives the time that it takes to send all.
    pub(super) fn span(&self) -> Duration {
        self.due(self.count)
    }
}

/// Rounds to the nearest whole number.
fn whole(number: f64) -> Option<u32> {
    format!("{number:.0}").parse().ok()
}
