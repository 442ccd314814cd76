//! Drives a load: sends what is planned, and waits for the answers.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::pace::{Pacing, pace};
use super::plan::Plan;
use super::tally::Tally;
use crate::failure::Failure;
use crate::send::job::Job;
use crate::send::progress::Progress;

/// The longest that a stopped load goes on without noticing.
const NAP: Duration = Duration::from_millis(100);

/// Sends what is planned, and waits for the answers. Stops at Ctrl-C.
pub(in crate::send) async fn drive(
    job: &Arc<Job>,
    plan: &Plan,
    progress: Progress,
) -> Result<Tally, Failure> {
    // Whatever makes one impossible is said before the first.
    job.source.request()?;
    let tally = Arc::new(Mutex::new(Tally::new()?));
    let places = Arc::new(Semaphore::new(plan.in_flight as usize));
    let is_stopped = Arc::new(AtomicBool::new(false));
    let deliveries = Deliveries {
        job: Arc::clone(job),
        tally: Arc::clone(&tally),
        places: Arc::clone(&places),
        is_stopped: Arc::clone(&is_stopped),
        runtime: Handle::current(),
        begun: Instant::now(),
    };
    // A thread of its own: the runtime's timers go by the millisecond, which is too coarse.
    let plan = *plan;
    let last_started = tokio::task::spawn_blocking(move || pace(&plan, &deliveries));
    let all = async {
        // The pacing only ends early by being stopped.
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

/// The real deliveries, by the machine's clock.
struct Deliveries {
    job: Arc<Job>,
    tally: Arc<Mutex<Tally>>,
    places: Arc<Semaphore>,
    is_stopped: Arc<AtomicBool>,
    runtime: Handle,
    begun: Instant,
}

impl Pacing for Deliveries {
    type Place = OwnedSemaphorePermit;

    fn now(&self) -> Duration {
        self.begun.elapsed()
    }

    fn sleep(&self, wait: Duration) {
        thread::sleep(wait.min(NAP));
    }

    fn is_stopped(&self) -> bool {
        self.is_stopped.load(Ordering::Relaxed)
    }

    fn place(&self, wait: Duration) -> Option<Self::Place> {
        if let Ok(place) = Arc::clone(&self.places).try_acquire_owned() {
            return Some(place);
        }
        let places = Arc::clone(&self.places);
        let waiting =
            async { tokio::time::timeout(wait.min(NAP), places.acquire_owned()).await.ok() };
        self.runtime.block_on(waiting)?.ok()
    }

    fn start(&self, due: Duration, place: Self::Place) {
        let job = Arc::clone(&self.job);
        let tally = Arc::clone(&self.tally);
        let begun = self.begun;
        self.runtime.spawn(async move {
            match job.source.another() {
                Ok(request) => {
                    let sent = begun.elapsed();
                    lock(&tally).sent(due, sent);
                    let outcome = job.client.send_in_load(request).await;
                    lock(&tally).answered(due, sent, &outcome, &job.policy);
                }
                Err(failure) => lock(&tally).failure = Some(failure),
            }
            drop(place);
        });
    }
}

/// Locks the tally, in which nothing is left half done where a task panics.
fn lock(tally: &Mutex<Tally>) -> MutexGuard<'_, Tally> {
    tally.lock().unwrap_or_else(PoisonError::into_inner)
}
