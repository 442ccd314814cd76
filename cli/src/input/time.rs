//! Durations, moments and factors, as they are typed.

use std::time::{Duration, SystemTime};

use ::time::OffsetDateTime;
use ::time::format_description::well_known::Rfc3339;

/// Seconds, with or without a fraction.
pub(crate) fn seconds(text: &str) -> Result<Duration, String> {
    duration(text).ok_or_else(|| "seconds are expected, such as 30 or 0.5".to_owned())
}

/// Whole seconds are exact, however many.
fn duration(text: &str) -> Option<Duration> {
    match text.parse() {
        Ok(whole) => Some(Duration::from_secs(whole)),
        Err(_) => Duration::try_from_secs_f64(text.parse().ok()?).ok(),
    }
}

/// A number above zero.
pub(crate) fn factor(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(factor) if factor.is_finite() && factor > 0.0 => Ok(factor),
        _ => Err("a number above 0 is expected".to_owned()),
    }
}

/// A moment: seconds since 1970, or a date and time as in RFC 3339.
pub(crate) fn moment(text: &str) -> Result<SystemTime, String> {
    let from_seconds = duration(text).and_then(|since| SystemTime::UNIX_EPOCH.checked_add(since));
    from_seconds
        .or_else(|| OffsetDateTime::parse(text, &Rfc3339).ok().map(SystemTime::from))
        .ok_or_else(|| {
            "seconds since 1970 or RFC 3339 are expected, such as 1767225600 or \
             2026-01-01T00:00:00Z"
                .to_owned()
        })
}
