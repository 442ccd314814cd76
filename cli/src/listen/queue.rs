//! The queue of arrivals that are to be reported.

use tokio::sync::mpsc;

use super::arrival::Arrival;

/// The number of arrivals that may wait to be reported; the answers to further ones wait too.
pub(super) const LENGTH: usize = 32;

/// The end of the queue where arrivals are left.
#[derive(Clone, Debug)]
pub(super) struct Reports(mpsc::Sender<Option<Arrival>>);

/// The end of the queue where they are taken.
#[derive(Debug)]
pub(super) struct Pending(mpsc::Receiver<Option<Arrival>>);

/// Makes a queue.
pub(super) fn queue() -> (Reports, Pending) {
    let (sender, receiver) = mpsc::channel(LENGTH);
    (Reports(sender), Pending(receiver))
}

impl Reports {
    /// Leaves an arrival to be reported. What is left first is reported first.
    pub(super) async fn add(&self, arrival: Arrival) {
        // It can only fail when it is too late to report anything.
        let _ = self.0.send(Some(arrival)).await;
    }

    /// Says that nothing more comes.
    pub(super) async fn end(&self) {
        let _ = self.0.send(None).await;
    }
}

impl Pending {
    /// Takes the next arrival, `None` if nothing more comes.
    pub(super) async fn next(&mut self) -> Option<Arrival> {
        self.0.recv().await.flatten()
    }

    /// Gives the number of those that wait.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}
