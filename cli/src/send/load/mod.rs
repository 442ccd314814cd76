//! Delivers at a constant rate, whatever the endpoint does, and measures.

mod pace;
mod report;
mod tally;

use std::ops::RangeInclusive;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Semaphore;

use super::args::LoadArgs;
use super::errand::Errand;
use super::progress::Progress;
use crate::failure::Failure;
pub(super) use report::report;
pub(super) use tally::Tally;

const USUAL_SECONDS: Duration = Duration::from_secs(10);

/// What one process can pace, and what is a rate at all.
const RATES: RangeInclusive<f64> = 0.001..=100_000.0;

/// How many deliveries are to be sent, and when each.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    /// In a second.
    pub(super) rate: f64,
    pub(super) count: u32,
    /// How many may wait for an answer at once.
    pub(super) in_flight: u32,
}

impl Plan {
    pub(super) fn new(rate: f64, args: &LoadArgs) -> Result<Self, Failure> {
        if !RATES.contains(&rate) {
            return Err(Failure::usage("a rate between 0.001 and 100000 in a second is expected"));
        }
        let wanted = match args.count {
            Some(count) => u32::try_from(count).ok(),
            None => whole(rate * args.duration.unwrap_or(USUAL_SECONDS).as_secs_f64()),
        };
        let in_flight = u32::try_from(args.in_flight).ok();
        match (wanted, in_flight) {
            (Some(count), Some(in_flight)) => Ok(Self { rate, count: count.max(1), in_flight }),
            _ => Err(Failure::usage("so many deliveries cannot be counted")),
        }
    }

    /// When a delivery is due, from the start.
    fn due(&self, number: u32) -> Duration {
        Duration::from_secs_f64(f64::from(number) / self.rate)
    }

    /// How long it takes to send all.
    pub(super) fn span(&self) -> Duration {
        self.due(self.count)
    }
}

/// The nearest whole number.
fn whole(number: f64) -> Option<u32> {
    format!("{number:.0}").parse().ok()
}

/// Sends what is planned, and waits for the answers. Stops at Ctrl-C.
pub(super) async fn drive(
    errand: &Arc<Errand>,
    plan: &Plan,
    progress: Progress,
) -> Result<Tally, Failure> {
    // Whatever makes one impossible is said before the first.
    errand.parcel.letter()?;
    let tally = Arc::new(Mutex::new(Tally::new()?));
    let places = Arc::new(Semaphore::new(plan.in_flight as usize));
    let is_stopped = Arc::new(AtomicBool::new(false));
    let pacer = pace::Pacer {
        errand: Arc::clone(errand),
        plan: *plan,
        tally: Arc::clone(&tally),
        places: Arc::clone(&places),
        is_stopped: Arc::clone(&is_stopped),
        runtime: tokio::runtime::Handle::current(),
    };
    // A thread of its own: the runtime's timers go by the millisecond, which is too coarse.
    let last_started = tokio::task::spawn_blocking(move || pacer.run());
    let all = async {
        // The pacer only ends early by being stopped.
        let _ = last_started.await;
        // Every delivery gives its place back once it is answered or lost.
        let _ = places.acquire_many(plan.in_flight).await;
    };
    tokio::pin!(all);
    let mut second = tokio::time::interval(Duration::from_secs(1));
    loop {
        tokio::select! {
            () = &mut all => break,
            _ = tokio::signal::ctrl_c() => {
                if is_stopped.swap(true, Ordering::Relaxed) {
                    break;
                }
                progress.line("stopped; waiting for the answers that are due. Ctrl-C again ends that");
            }
            _ = second.tick() => {
                let line = lock(&tally).line();
                progress.fleeting(&line);
            }
        }
    }
    progress.clear();
    let tally = std::mem::replace(&mut *lock(&tally), Tally::new()?);
    match tally.failure {
        Some(failure) => Err(failure),
        None => Ok(tally),
    }
}

/// Nothing that is counted is left half done where a task panics.
fn lock(tally: &Mutex<Tally>) -> std::sync::MutexGuard<'_, Tally> {
    tally.lock().unwrap_or_else(PoisonError::into_inner)
}
