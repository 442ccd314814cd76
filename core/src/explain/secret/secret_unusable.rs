//! No secret, or one that is not in the scheme's encoding.

use super::super::FindingCode;
use super::super::cause::Cause;
use super::super::part::{Symptom, Weight};
use super::super::received::{ReceivedSecret, Secret};
use super::refused::refused;

pub(super) const SYMPTOM: Symptom<Secret> =
    Symptom { code: FindingCode::SecretUnusable, weight: Weight::Unreadable, shows };

fn shows(received: &ReceivedSecret<'_>) -> Option<String> {
    refused(received, FindingCode::SecretUnusable)
}

/// Returns the cause that there is no secret at all.
pub(in crate::explain) fn none_given() -> Cause {
    Cause::new(FindingCode::SecretUnusable, "no secret was given")
}
