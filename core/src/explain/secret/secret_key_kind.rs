//! A key of another kind than the scheme's algorithm needs.

use super::super::FindingCode;
use super::super::part::{Symptom, Weight};
use super::super::received::{ReceivedSecret, Secret};
use super::refused::refused;

pub(super) const SYMPTOM: Symptom<Secret> =
    Symptom { code: FindingCode::SecretKeyKind, weight: Weight::Certain, shows };

fn shows(received: &ReceivedSecret<'_>) -> Option<String> {
    refused(received, FindingCode::SecretKeyKind)
}
