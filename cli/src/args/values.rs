//! Numbers, durations and moments, as they are typed.

use std::time::{Duration, SystemTime};

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Longer than anybody waits, and short enough to count with.
pub(crate) const LONGEST_WAIT: Duration = Duration::from_secs(366 * 86_400);

/// Reads a number of things, at least one.
pub(crate) fn count(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(count) if count > 0 => Ok(count),
        _ => Err("a whole number, 1 or more, is expected".to_owned()),
    }
}

/// Reads seconds, with or without a fraction.
pub(crate) fn seconds(text: &str) -> Result<Duration, String> {
    duration(text).ok_or_else(|| "seconds are expected, such as 30 or 0.5".to_owned())
}

/// Reads how long to wait, in seconds: at most a year.
pub(crate) fn wait(text: &str) -> Result<Duration, String> {
    match seconds(text)? {
        wait if wait > LONGEST_WAIT => Err("a year at the most is expected".to_owned()),
        wait => Ok(wait),
    }
}

/// Whole seconds are exact, however many.
fn duration(text: &str) -> Option<Duration> {
    match text.parse() {
        Ok(whole) => Some(Duration::from_secs(whole)),
        Err(_) => Duration::try_from_secs_f64(text.parse().ok()?).ok(),
    }
}

/// Reads the name and the value of a constant.
pub(crate) fn constant(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("a name and a value are expected, such as account=4711".to_owned()),
    }
}

/// Reads a number above zero.
pub(crate) fn factor(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(factor) if factor.is_finite() && factor > 0.0 => Ok(factor),
        _ => Err("a number above 0 is expected".to_owned()),
    }
}

/// Reads a moment: seconds since 1970, or a date and time as in RFC 3339.
pub(crate) fn moment(text: &str) -> Result<SystemTime, String> {
    let since_1970 = duration(text).and_then(|since| SystemTime::UNIX_EPOCH.checked_add(since));
    since_1970.or_else(|| date_time(text)).ok_or_else(|| {
        "seconds since 1970 or RFC 3339 are expected, such as 1767225600 or 2026-01-01T00:00:00Z"
            .to_owned()
    })
}

/// Not every system's clock reaches as far back as RFC 3339 does.
fn date_time(text: &str) -> Option<SystemTime> {
    let nanoseconds = OffsetDateTime::parse(text, &Rfc3339).ok()?.unix_timestamp_nanos();
    let distance = nanoseconds.unsigned_abs();
    let seconds = Duration::from_secs(u64::try_from(distance / 1_000_000_000).ok()?);
    let rest = Duration::from_nanos(u64::try_from(distance % 1_000_000_000).ok()?);
    let distance = seconds.checked_add(rest)?;
    if nanoseconds < 0 {
        SystemTime::UNIX_EPOCH.checked_sub(distance)
    } else {
        SystemTime::UNIX_EPOCH.checked_add(distance)
    }
}

#[cfg(test)]
mod tests {
    use super::{Duration, SystemTime, moment, wait};

    #[test]
    fn moments_are_read_in_both_forms() {
        let after = |seconds| SystemTime::UNIX_EPOCH.checked_add(Duration::from_millis(seconds));
        for (text, milliseconds) in [
            ("1767225600", 1_767_225_600_000),
            ("1767225600.5", 1_767_225_600_500),
            ("2026-01-01T01:00:00.5+01:00", 1_767_225_600_500),
            ("9999-12-31T23:59:59-23:59", 253_402_387_139_000),
        ] {
            assert_eq!(moment(text).ok(), after(milliseconds), "{text}");
        }
        let before = SystemTime::UNIX_EPOCH.checked_sub(Duration::from_millis(500));
        assert_eq!(moment("1969-12-31T23:59:59.5Z").ok(), before);
        for wrong in ["", "soon", "-1", "1e300", "18446744073709551615", "2026-13-01T00:00:00Z"] {
            assert!(moment(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn nobody_waits_longer_than_can_be_counted() {
        assert_eq!(wait("0.5"), Ok(Duration::from_millis(500)));
        for wrong in ["31622401", "18446744073709551615", "1e18", "nan", "inf", "-1"] {
            assert!(wait(wrong).is_err(), "{wrong}");
        }
    }
}
