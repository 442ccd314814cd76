//! No secret, or one that is not in the scheme's encoding.

use super::super::FindingCode;
use super::super::came::{CameSecret, Secret};
use super::super::cause::Cause;
use super::super::part::{Symptom, Weight};
use super::refused::refused;

pub(super) const SYMPTOM: Symptom<Secret> =
    Symptom { code: FindingCode::SecretUnusable, weight: Weight::Unreadable, shows };

fn shows(came: &CameSecret<'_>) -> Option<String> {
    refused(came, FindingCode::SecretUnusable)
}

/// That there is no secret at all.
pub(in crate::explain) fn none_given() -> Cause {
    Cause::new(FindingCode::SecretUnusable, "no secret was given")
}
