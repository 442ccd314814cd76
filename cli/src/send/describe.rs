//! Outcomes in words.

use super::client::Outcome;
use crate::text::latency;

/// Says what came back, and how long it took: `204 No Content in 3.1 ms`.
pub(super) fn answer(outcome: &Outcome) -> String {
    match &outcome.answer {
        Ok(_) => format!("{} in {}", status(outcome), latency(outcome.took)),
        Err(error) => error.message.clone(),
    }
}

/// Says what came back, in short: `204 No Content`, `connection refused`.
pub(super) fn status(outcome: &Outcome) -> String {
    match &outcome.answer {
        Ok(answer) => {
            answer.status.to_string().trim_end_matches(" <unknown status code>").to_owned()
        }
        Err(error) => error.kind.name().to_owned(),
    }
}
