//! Fields that were dropped.

use super::super::FindingCode;
use super::super::part::{Symptom, Weight};
use super::super::received::{Body, ReceivedBody};
use super::samples::{SHORTEST_FIELD, lengths};

pub(super) const SYMPTOM: Symptom<Body> =
    Symptom { code: FindingCode::BodyFieldLost, weight: Weight::Unusual, shows };

/// Shows that the body is shorter than what was sent, in any style that the sender writes.
fn shows(received: &ReceivedBody<'_>) -> Option<String> {
    let (declared, lengths) = (received.declared_length()?, lengths(received)?);
    let shortest = lengths.into_iter().min()?;
    (declared >= shortest.saturating_add(SHORTEST_FIELD)).then(|| {
        format!(
            "Content-Length says {declared} bytes; however its characters are escaped, the body \
             has not so many, and {shortest} without escapes"
        )
    })
}
