//! Fields that were dropped.

use super::super::FindingCode;
use super::super::came::{Body, CameBody};
use super::super::part::{Symptom, Weight};
use super::samples::{SHORTEST_FIELD, lengths};

pub(super) const SYMPTOM: Symptom<Body> =
    Symptom { code: FindingCode::BodyFieldLost, weight: Weight::Unusual, shows };

/// That the body is not as long as what was sent, in any style that the sender writes.
fn shows(came: &CameBody<'_>) -> Option<String> {
    let (declared, lengths) = (came.declared_length()?, lengths(came)?);
    let shortest = lengths.into_iter().min()?;
    (declared >= shortest.saturating_add(SHORTEST_FIELD)).then(|| {
        format!(
            "Content-Length says {declared} bytes; however its characters are escaped, the body \
             has not so many, and {shortest} without escapes"
        )
    })
}
