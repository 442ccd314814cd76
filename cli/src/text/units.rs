//! Durations and moments as people write them.

use std::time::{Duration, SystemTime};

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Writes a duration as people say it: `30 s`, `4 h 16 min`, `1 day`.
pub(crate) fn duration(duration: Duration) -> String {
    let seconds = duration.as_secs();
    let units = [
        (seconds / 86400, if seconds / 86400 == 1 { "day" } else { "days" }),
        (seconds / 3600 % 24, "h"),
        (seconds / 60 % 60, "min"),
        (seconds % 60, "s"),
    ];
    let said: Vec<String> = units
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, unit)| format!("{number} {unit}"))
        .collect();
    if said.is_empty() { format!("{} ms", duration.as_millis()) } else { said.join(" ") }
}

/// Writes a latency with two figures, such as `3.1 ms`.
pub(crate) fn latency(took: Duration) -> String {
    let seconds = took.as_secs_f64();
    let (number, unit) = match seconds {
        s if s >= 1.0 => (s, "s"),
        s if s >= 1e-3 => (s * 1e3, "ms"),
        s => (s * 1e6, "µs"),
    };
    let decimals = usize::from(number < 10.0);
    format!("{number:.decimals$} {unit}")
}

/// Writes a moment as in RFC 3339, `None` if it is not within the years 0 to 9999.
pub(crate) fn moment(moment: SystemTime) -> Option<String> {
    date_time(moment)?.format(&Rfc3339).ok()
}

/// Writes a moment to the millisecond, as in RFC 3339.
pub(crate) fn moment_in_milliseconds(moment: SystemTime) -> Option<String> {
    let exact = date_time(moment)?;
    exact.replace_millisecond(exact.millisecond()).ok()?.format(&Rfc3339).ok()
}

/// Gives the date and time of a moment in UTC, `None` beyond the years that can be counted.
///
/// `OffsetDateTime::from` panics there, and a sender can name any moment.
pub(crate) fn date_time(moment: SystemTime) -> Option<OffsetDateTime> {
    let nanoseconds = |since: Duration| i128::try_from(since.as_nanos()).ok();
    let since_1970 = match moment.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(after) => nanoseconds(after)?,
        Err(before) => -nanoseconds(before.duration())?,
    };
    OffsetDateTime::from_unix_timestamp_nanos(since_1970).ok()
}

#[cfg(test)]
mod tests {
    use super::{Duration, SystemTime, date_time, duration, latency, moment};

    #[test]
    fn durations_are_said_as_people_do() {
        for (seconds, said) in [
            (5, "5 s"),
            (60, "1 min"),
            (15360, "4 h 16 min"),
            (86400, "1 day"),
            (50400, "14 h"),
            (180_061, "2 days 2 h 1 min 1 s"),
        ] {
            assert_eq!(duration(Duration::from_secs(seconds)), said);
        }
        assert_eq!(duration(Duration::from_millis(250)), "250 ms");
        assert_eq!(duration(Duration::ZERO), "0 ms");
    }

    #[test]
    fn latencies_have_two_figures() {
        assert_eq!(latency(Duration::from_micros(950)), "950 µs");
        assert_eq!(latency(Duration::from_micros(3140)), "3.1 ms");
        assert_eq!(latency(Duration::from_secs(30)), "30 s");
    }

    #[test]
    fn no_moment_is_beyond_what_can_be_written() {
        let epoch = SystemTime::UNIX_EPOCH;
        let after = |seconds| epoch.checked_add(Duration::from_secs(seconds));
        let before = |seconds| epoch.checked_sub(Duration::from_secs(seconds));
        assert_eq!(moment(epoch).as_deref(), Some("1970-01-01T00:00:00Z"));
        assert_eq!(before(1).and_then(moment).as_deref(), Some("1969-12-31T23:59:59Z"));
        let last = 253_402_300_799;
        assert_eq!(after(last).and_then(moment).as_deref(), Some("9999-12-31T23:59:59Z"));
        for beyond in [after(last + 1), after(i64::MAX.unsigned_abs()), before(1 << 62)] {
            assert_eq!(beyond.and_then(moment), None);
            assert_eq!(beyond.and_then(date_time), None);
        }
        // A year before 0 is a date, and has no form in RFC 3339.
        assert_eq!(before(62_167_219_201).and_then(moment), None);
    }
}
