//! The timestamp: its unit, and how far it is from now.

mod age;
mod clock_skewed;
mod delivery_old;
mod timestamp_unit;

use super::part::Group;
use super::received::{SignedMoment, Timestamp};

pub(super) const TIMESTAMPS: Group<Timestamp> =
    Group { candidates: &[timestamp_unit::CANDIDATES], symptoms: &[] };

pub(super) const SIGNED: Group<SignedMoment> = Group {
    candidates: &[],
    symptoms: &[timestamp_unit::SYMPTOM, clock_skewed::SYMPTOM, delivery_old::SYMPTOM],
};

#[cfg(test)]
mod tests {
    use core::time::Duration;
    use std::time::SystemTime;

    use super::super::part::symptoms;
    use super::super::received::Moment;
    use super::*;
    use crate::clock::TimestampUnit;

    const NOW: u64 = 1_760_000_000;

    fn codes(text: &str, unit: TimestampUnit) -> Vec<&'static str> {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(NOW);
        let received = Moment { text, unit, now, tolerance: Duration::from_secs(300) };
        symptoms(&[&SIGNED], &received).map(|(_, cause)| cause.code.as_str()).collect()
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
}
