//! Timestamps that are too old.

use super::super::FindingCode;
use super::super::came::{Moment, SignedMoment};
use super::super::part::{Symptom, Weight};
use super::age::{Age, zone};

pub(super) const SYMPTOM: Symptom<SignedMoment> =
    Symptom { code: FindingCode::DeliveryOld, weight: Weight::Unusual, shows };

fn shows(came: &Moment<'_>) -> Option<String> {
    let Some(Age::Old(seconds)) = Age::of(came) else { return None };
    let tolerated = came.tolerance.as_secs();
    Some(format!(
        "the timestamp is {seconds} seconds old, {tolerated} are tolerated{}",
        zone(seconds)
    ))
}
