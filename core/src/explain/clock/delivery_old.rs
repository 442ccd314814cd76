//! Timestamps that are too old.

use super::super::FindingCode;
use super::super::part::{Symptom, Weight};
use super::super::received::{Moment, SignedMoment};
use super::age::{Age, zone};

pub(super) const SYMPTOM: Symptom<SignedMoment> =
    Symptom { code: FindingCode::DeliveryOld, weight: Weight::Unusual, shows };

fn shows(received: &Moment<'_>) -> Option<String> {
    let Some(Age::Old(seconds)) = Age::of(received) else { return None };
    let tolerated = received.tolerance.as_secs();
    Some(format!(
        "the timestamp is {seconds} seconds old, {tolerated} are tolerated{}",
        zone(seconds)
    ))
}
