//! Searches what is kept.

use super::app::App;
use super::arrival::Arrival;
use super::{facts, redact};

/// Gives the numbers of the deliveries in which a text is, in any case: in what the page shows of
/// them, whole bodies included, and not in what it hides.
pub(super) fn search(app: &App, text: &str) -> Vec<u64> {
    let text = text.to_lowercase();
    let is_found = |part: &str| part.to_lowercase().contains(&text);
    let found = |arrival: &Arrival| {
        let request = &arrival.request;
        let facts = facts::facts(arrival, app.secrets);
        let headers = redact::headers(app.webhook.scheme(), request);
        let is_in_header = |header: &redact::ShownHeader| {
            is_found(&header.name) || header.value.as_deref().is_some_and(is_found)
        };
        is_found(arrival.label())
            || is_found(&redact::url(&request.target))
            || facts.iter().any(|fact| is_found(&fact.value))
            || headers.iter().any(is_in_header)
            || is_found(&String::from_utf8_lossy(&request.content))
    };
    let kept = app.history.after(0);
    kept.iter().filter(|arrival| found(arrival)).map(|arrival| arrival.number).collect()
}
