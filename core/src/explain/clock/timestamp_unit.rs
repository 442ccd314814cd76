//! Timestamps in another unit than the scheme's.

use core::ops::ControlFlow;

use super::super::FindingCode;
use super::super::part::{Candidates, Change, Effort, Offers, Symptom, Weight};
use super::super::received::{Moment, SignedMoment, Timestamp};
use super::age::{is_digits, is_in_unit};
use crate::clock::TimestampUnit;

pub(super) const CANDIDATES: Candidates<Timestamp> =
    Candidates { code: FindingCode::TimestampUnit, effort: Effort::Read, offer };

pub(super) const SYMPTOM: Symptom<SignedMoment> =
    Symptom { code: FindingCode::TimestampUnit, weight: Weight::Certain, shows };

fn offer(received: &&str, offers: &mut Offers<'_, Timestamp>) -> ControlFlow<()> {
    for text in other_units(received) {
        let evidence = format!(
            "the timestamp that came is {}, the one that was signed {}",
            unit_of(received),
            unit_of(&text)
        );
        offers.offer(text, Change::Altered, evidence)?;
    }
    ControlFlow::Continue(())
}

fn shows(received: &Moment<'_>) -> Option<String> {
    let (is, expected) = (unit_of(received.text), received.unit.description());
    (!is_in_unit(received)).then(|| format!("the timestamp is {is}; the scheme's is {expected}"))
}

fn other_units(text: &str) -> Vec<String> {
    if let Some(moment) = TimestampUnit::Rfc3339.read(text) {
        return vec![(moment / 1_000_000_000).to_string(), (moment / 1_000_000).to_string()];
    }
    if let Some((whole, _)) = text.split_once('.') {
        return if is_digits(whole) { vec![whole.to_owned()] } else { Vec::new() };
    }
    match text.len() {
        _ if !is_digits(text) => Vec::new(),
        9..=10 => vec![format!("{text}000")],
        12..=13 => vec![text[..text.len() - 3].to_owned()],
        _ => Vec::new(),
    }
}

/// Returns the unit that a timestamp seems to be written in.
fn unit_of(text: &str) -> &'static str {
    match text.len() {
        _ if TimestampUnit::Rfc3339.read(text).is_some() => "a date and time as in RFC 3339",
        _ if text.split_once('.').is_some_and(|(whole, _)| is_digits(whole)) => {
            "seconds with a fraction"
        }
        _ if !is_digits(text) => "no moment in any unit known here",
        0..=10 => "in seconds",
        11..=13 => "in milliseconds",
        14..=16 => "in microseconds",
        _ => "in nanoseconds",
    }
}
