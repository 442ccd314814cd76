//! Starts every delivery when it is due.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{Plan, Tally, lock};
use crate::send::errand::Errand;

/// How long after the end what was held up may still be sent.
const GRACE: Duration = Duration::from_secs(1);

/// How often a sleeping pacer looks whether it is stopped.
const NAP: Duration = Duration::from_millis(100);

pub(super) struct Pacer {
    pub(super) errand: Arc<Errand>,
    pub(super) plan: Plan,
    pub(super) tally: Arc<Mutex<Tally>>,
    pub(super) places: Arc<Semaphore>,
    pub(super) is_stopped: Arc<AtomicBool>,
    pub(super) runtime: Handle,
}

impl Pacer {
    /// Starts all, each at its time or, where too many wait for an answer, as soon as one is there.
    pub(super) fn run(self) {
        let start = Instant::now();
        let end = start + self.plan.span() + GRACE;
        for number in 0..self.plan.count {
            let due = start + self.plan.due(number);
            if !self.sleep_until(due) {
                return;
            }
            let Some(place) = self.place(end) else { return };
            self.start(due, start, place);
        }
    }

    /// Whether it was not stopped until then.
    fn sleep_until(&self, due: Instant) -> bool {
        loop {
            if self.is_stopped.load(Ordering::Relaxed) {
                return false;
            }
            let left = due.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return true;
            }
            thread::sleep(left.min(NAP));
        }
    }

    /// A place among those that wait, `None` if none becomes free until the end.
    fn place(&self, end: Instant) -> Option<OwnedSemaphorePermit> {
        loop {
            if let Ok(place) = Arc::clone(&self.places).try_acquire_owned() {
                return Some(place);
            }
            if self.is_stopped.load(Ordering::Relaxed) || Instant::now() >= end {
                return None;
            }
            let until = (Instant::now() + NAP).min(end);
            let waiting =
                tokio::time::timeout_at(until.into(), Arc::clone(&self.places).acquire_owned());
            let runtime = &self.runtime;
            if let Ok(Ok(place)) = runtime.block_on(waiting) {
                return Some(place);
            }
        }
    }

    fn start(&self, due: Instant, start: Instant, place: OwnedSemaphorePermit) {
        let errand = Arc::clone(&self.errand);
        let tally = Arc::clone(&self.tally);
        self.runtime.spawn(async move {
            match errand.parcel.another() {
                Ok(letter) => {
                    let sent = Instant::now();
                    lock(&tally).sent(sent - start, sent - due);
                    let reply = errand.sender.send_in_load(letter).await;
                    lock(&tally).answered(&reply, (sent - due) + reply.took, &errand.terms);
                }
                Err(failure) => lock(&tally).failure = Some(failure),
            }
            drop(place);
        });
    }
}
