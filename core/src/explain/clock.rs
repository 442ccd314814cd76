//! What is wrong with a timestamp that was signed.

use core::time::Duration;
use std::time::SystemTime;

use super::FindingCode;
use super::cause::Cause;
use super::delivery::unit_of;
use crate::clock::{Moment, TimestampUnit, moment};

const SECOND: Moment = 1_000_000_000;

/// Nothing is delivered so far from now: such a moment was read in the wrong unit.
const FAR: Moment = 20 * 365 * 86_400 * SECOND;

/// Why `verify` would refuse the timestamp.
pub(super) fn causes(
    text: &str,
    unit: TimestampUnit,
    now: SystemTime,
    tolerance: Duration,
) -> Vec<Cause> {
    let now = moment(now);
    let own = unit.read(text);
    let is_near = |signed_at: &Moment| signed_at.abs_diff(now) <= FAR.unsigned_abs();
    if let Some(signed_at) = own.filter(is_near) {
        return age(signed_at, now, tolerance).into_iter().collect();
    }
    let other = in_any_unit(text).into_iter().find(is_near);
    if own.is_some() && other.is_none() {
        return own.and_then(|signed_at| age(signed_at, now, tolerance)).into_iter().collect();
    }
    let evidence =
        format!("the timestamp is {}; the scheme's is {}", unit_of(text), unit.description());
    let cause = Cause::new(FindingCode::TimestampUnit, evidence);
    let age = other.and_then(|signed_at| age(signed_at, now, tolerance));
    core::iter::once(cause).chain(age).collect()
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

fn age(signed_at: Moment, now: Moment, tolerance: Duration) -> Option<Cause> {
    let distance = signed_at.abs_diff(now);
    if distance <= tolerance.as_nanos() {
        return None;
    }
    let seconds = distance / SECOND.unsigned_abs();
    let tolerated = tolerance.as_secs();
    Some(if signed_at > now {
        let evidence = format!(
            "the timestamp is {seconds} seconds ahead of this machine's clock, {tolerated} are \
             tolerated{}",
            zone(seconds)
        );
        Cause::new(FindingCode::ClockSkewed, evidence)
    } else {
        let evidence = format!(
            "the timestamp is {seconds} seconds old, {tolerated} are tolerated{}",
            zone(seconds)
        );
        Cause::new(FindingCode::DeliveryOld, evidence)
    })
}

/// What a difference of whole half hours suggests.
fn zone(seconds: u128) -> &'static str {
    let half_hours = (seconds + 2) / 1800;
    if (seconds + 2) % 1800 <= 4 && (1..=28).contains(&half_hours) {
        "; a clock that is set to another time zone differs by whole half hours like this"
    } else {
        ""
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_760_000_000;

    fn codes(text: &str, unit: TimestampUnit) -> Vec<&'static str> {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(NOW);
        let causes = causes(text, unit, now, Duration::from_secs(300));
        causes.iter().map(|cause| cause.code.as_str()).collect()
    }

    #[test]
    fn tells_units_from_ages() {
        let seconds = TimestampUnit::Seconds;
        assert!(codes("1760000300", seconds).is_empty());
        assert_eq!(codes("1760000301", seconds), ["clock_skewed"]);
        assert_eq!(codes("1759999699", seconds), ["delivery_old"]);
        assert_eq!(codes("1760000000123", seconds), ["timestamp_unit"]);
        assert_eq!(codes("1760000000.25", seconds), ["timestamp_unit"]);
        assert_eq!(codes("2025-10-09T08:53:20Z", seconds), ["timestamp_unit"]);
        assert_eq!(codes("1759000000123", seconds), ["timestamp_unit", "delivery_old"]);
        assert_eq!(codes("1760000000", TimestampUnit::Milliseconds), ["timestamp_unit"]);
        assert_eq!(codes("1760000000", TimestampUnit::Rfc3339), ["timestamp_unit"]);
        assert_eq!(codes("12", seconds), ["delivery_old"]);
        assert_eq!(codes("soon", seconds), ["timestamp_unit"]);
    }

    #[test]
    fn sees_a_time_zone() {
        assert!(!zone(7_200).is_empty());
        assert!(!zone(19_799).is_empty());
        assert!(zone(7_000).is_empty());
        assert!(zone(86_400).is_empty());
        assert!(zone(1).is_empty());
    }
}
