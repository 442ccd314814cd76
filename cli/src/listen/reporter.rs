//! Reports arrivals one after the other, in their order: finds out why those that do not verify do
//! not, prints each, and keeps it for the page.

use std::sync::Arc;

use hookseal::Hints;

use super::app::App;
use super::arrival::{Arrival, Verdict};
use super::queue::{self, Pending};
use super::{json, report};
use crate::failure::Failure;

/// Reports everything until nothing more comes. What cannot be written ends the listener.
pub(super) async fn run(mut pending: Pending, app: Arc<App>) -> Result<(), Failure> {
    let mut result = Ok(());
    while let Some(mut arrival) = pending.next().await {
        // Explaining takes much longer than verifying: it must not hold up a crowd.
        let has_time = pending.len() < queue::LENGTH / 2;
        let app = Arc::clone(&app);
        let reporting = tokio::task::spawn_blocking(move || {
            if has_time {
                explain(&app, &mut arrival);
            }
            report_one(&app, arrival)
        });
        let reported = reporting.await.unwrap_or_else(|error| {
            Err(Failure::io("reporting a delivery", &std::io::Error::other(error)))
        });
        if result.is_ok() {
            result = reported;
        }
    }
    result
}

fn explain(app: &App, arrival: &mut Arrival) {
    let Verdict::Refused(refusal) = &mut arrival.verdict else { return };
    if refusal.is_of_the_core {
        let hints = Hints::new().at(arrival.at);
        let request = &arrival.request;
        let report = app.webhook.explain_with(&request.content, &request.head(), &hints);
        refusal.explanation = (!report.verifies()).then(|| Box::new(report));
    }
}

fn report_one(app: &App, arrival: Arrival) -> Result<(), Failure> {
    let arrival = app.history.add(arrival);
    let written = if app.output.is_json() {
        app.output.json(&json::Line::new(&arrival, app.webhook.scheme()))
    } else {
        app.output.text(|out| report::write(out, &arrival, app))
    };
    if written.is_err() || app.count.is_some_and(|count| app.history.totals().all() >= count) {
        app.stop.now();
    }
    written
}
