//! The age of a signed timestamp.

use core::ops::RangeInclusive;

use super::super::received;
use crate::clock::{Moment, TimestampUnit, moment};

const SECOND: Moment = 1_000_000_000;

/// Between 2001 and 2100: another moment was read in the wrong unit.
const PLAUSIBLE: RangeInclusive<Moment> = 1_000_000_000 * SECOND..=4_102_444_800 * SECOND;

/// Returns `true` if the timestamp is in the scheme's unit.
pub(super) fn is_in_unit(received: &received::Moment<'_>) -> bool {
    let own = received.unit.read(received.text);
    own.is_some_and(|own| PLAUSIBLE.contains(&own) || plausible(received.text).is_none())
}

/// Returns the time of signing, in whichever unit it is written.
fn signed_at(received: &received::Moment<'_>) -> Option<Moment> {
    if is_in_unit(received) { received.unit.read(received.text) } else { plausible(received.text) }
}

fn plausible(text: &str) -> Option<Moment> {
    in_any_unit(text).into_iter().find(|moment| PLAUSIBLE.contains(moment))
}

fn in_any_unit(text: &str) -> Vec<Moment> {
    if let Some(moment) = TimestampUnit::Rfc3339.read(text) {
        return vec![moment];
    }
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    let number = match TimestampUnit::Seconds.read(whole) {
        Some(seconds) => seconds / SECOND,
        None => return Vec::new(),
    };
    [SECOND, SECOND / 1000, SECOND / 1_000_000, 1].map(|unit| number * unit).to_vec()
}

/// By how many seconds it is older than tolerated, or further ahead: the distance to now.
pub(super) enum Age {
    Old(u128),
    Ahead(u128),
}

impl Age {
    /// `None` if it is tolerated, or cannot be told.
    pub(super) fn of(received: &received::Moment<'_>) -> Option<Self> {
        let (signed_at, now) = (signed_at(received)?, moment(received.now));
        let distance = signed_at.abs_diff(now);
        if distance <= received.tolerance.as_nanos() {
            return None;
        }
        let seconds = distance / SECOND.unsigned_abs();
        Some(if signed_at > now { Self::Ahead(seconds) } else { Self::Old(seconds) })
    }
}

/// Returns what a difference of whole half hours suggests.
pub(super) fn zone(seconds: u128) -> &'static str {
    let half_hours = (seconds + 2) / 1800;
    if (seconds + 2) % 1800 <= 4 && (1..=28).contains(&half_hours) {
        "; a clock that is set to another time zone differs by whole half hours like this"
    } else {
        ""
    }
}

pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::zone;

    #[test]
    fn sees_a_time_zone() {
        assert!(!zone(7_200).is_empty());
        assert!(!zone(19_799).is_empty());
        assert!(zone(7_000).is_empty());
        assert!(zone(86_400).is_empty());
        assert!(zone(1).is_empty());
    }
}
