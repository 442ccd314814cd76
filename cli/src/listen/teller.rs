//! Tells of arrivals one after the other, in their order: finds out why those that do not verify do
//! not, prints each, and keeps it for the page.

use std::sync::Arc;

use hookseal::Clues;
use tokio::sync::mpsc;

use super::App;
use super::arrival::{Arrival, Verdict};
use super::{json, report};
use crate::failure::Failure;

/// How many arrivals may wait to be told of; the answers to further ones wait too.
const QUEUE: usize = 32;

/// Where arrivals are left to be told of.
#[derive(Clone, Debug)]
pub(super) struct Told(mpsc::Sender<Option<Arrival>>);

/// Tells of what is left for it.
#[derive(Debug)]
pub(super) struct Teller(mpsc::Receiver<Option<Arrival>>);

pub(super) fn teller() -> (Told, Teller) {
    let (sender, receiver) = mpsc::channel(QUEUE);
    (Told(sender), Teller(receiver))
}

impl Told {
    /// Leaves an arrival to be told of. What is left first is told of first.
    pub(super) async fn of(&self, arrival: Arrival) {
        // It can only fail when it is too late to tell of anything.
        let _ = self.0.send(Some(arrival)).await;
    }

    /// Says that nothing more comes.
    pub(super) async fn all(&self) {
        let _ = self.0.send(None).await;
    }
}

impl Teller {
    /// Tells of everything until nothing more comes. What cannot be written ends the listener.
    pub(super) async fn run(mut self, app: Arc<App>) -> Result<(), Failure> {
        let mut told = Ok(());
        while let Some(Some(mut arrival)) = self.0.recv().await {
            // Explaining takes much longer than verifying: it must not hold up a crowd.
            let has_time = self.0.len() < QUEUE / 2;
            let app = Arc::clone(&app);
            let telling = tokio::task::spawn_blocking(move || {
                if has_time {
                    explain(&app, &mut arrival);
                }
                tell(&app, arrival)
            });
            let written = telling.await.unwrap_or_else(|error| {
                Err(Failure::io("telling of a delivery", &std::io::Error::other(error)))
            });
            if told.is_ok() {
                told = written;
            }
        }
        told
    }
}

fn explain(app: &App, arrival: &mut Arrival) {
    let Verdict::Refused(refusal) = &mut arrival.verdict else { return };
    if refusal.is_of_the_core {
        let clues = Clues::new().at(arrival.at);
        let request = &arrival.request;
        let report = app.webhook.explain_with(&request.body, &request.headers, &clues);
        refusal.explanation = (!report.verifies()).then_some(report);
    }
}

fn tell(app: &App, arrival: Arrival) -> Result<(), Failure> {
    let arrival = app.journal.add(arrival);
    let written = if app.output.is_json() {
        json::Line::new(&arrival, app.webhook.scheme()).and_then(|line| app.output.json(&line))
    } else {
        app.output.text(|out| report::write(out, &arrival, app.secrets))
    };
    if written.is_err() || app.count.is_some_and(|count| arrival.number >= count) {
        app.stop.now();
    }
    written
}
