use std::time::{Duration, SystemTime};

use time::OffsetDateTime;
use time::format_description::well_known::{Rfc2822, Rfc3339};

/// False where nothing tells the time but the host that runs the program: asking the standard library
/// for it would panic there.
pub(crate) const HAS_CLOCK: bool = !cfg!(all(target_family = "wasm", target_os = "unknown"));

/// The time; the beginning of 1970 where there is no clock.
pub(crate) fn system_now() -> SystemTime {
    if HAS_CLOCK { SystemTime::now() } else { SystemTime::UNIX_EPOCH }
}

/// Nanoseconds since 1970: wide enough for whatever a header can say, on every platform.
pub(crate) type Moment = i128;

const NANOSECONDS: i128 = 1_000_000_000;

/// How a signed timestamp is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TimestampUnit {
    Seconds,
    Milliseconds,
    Rfc3339,
    /// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7).
    HttpDate,
}

/// No number of seconds or milliseconds that means a moment is longer.
const MAX_DIGITS: usize = 20;

impl TimestampUnit {
    /// The moment, `None` if it is not written in this unit.
    pub(crate) fn read(self, text: &str) -> Option<Moment> {
        match self {
            Self::Seconds => Some(digits(text)? * NANOSECONDS),
            Self::Milliseconds => Some(digits(text)? * (NANOSECONDS / 1000)),
            // The parser takes any character between the date and the time.
            Self::Rfc3339 if !matches!(text.as_bytes().get(10), Some(b'T' | b't')) => None,
            Self::Rfc3339 => read_rfc3339(text),
            Self::HttpDate => read_http_date(text).map(OffsetDateTime::unix_timestamp_nanos),
        }
    }

    /// The moment as a time of the system, `None` as for [`read_unix`](Self::read_unix) or where the
    /// system's times do not reach as far back.
    pub(crate) fn read_time(self, text: &str) -> Option<SystemTime> {
        self.read_unix(text).and_then(|(seconds, nanoseconds)| system_time(seconds, nanoseconds))
    }

    /// The moment in seconds since 1970, before which it may lie, and nanoseconds; `None` if it is not
    /// written in this unit or lies beyond the years 0 to 9999, which not every language's times can.
    pub(crate) fn read_unix(self, text: &str) -> Option<(i64, u32)> {
        let number = || match text.strip_prefix('-') {
            Some(rest) => digits(rest).map(i128::wrapping_neg),
            None => digits(text),
        };
        let (seconds, nanoseconds) = match self {
            Self::Seconds => (i64::try_from(number()?).ok()?, 0),
            Self::Milliseconds => {
                let milliseconds = i64::try_from(number()?).ok()?;
                let rest = u32::try_from(milliseconds.rem_euclid(1000)).ok()?;
                (milliseconds.div_euclid(1000), rest * 1_000_000)
            }
            Self::Rfc3339 => {
                let moment = OffsetDateTime::parse(text, &Rfc3339).ok()?;
                (moment.unix_timestamp(), moment.nanosecond())
            }
            Self::HttpDate => (read_http_date(text)?.unix_timestamp(), 0),
        };
        YEARS.contains(&seconds).then_some((seconds, nanoseconds))
    }

    /// The moment as the provider would write it; empty where the unit has no way to.
    pub(crate) fn write(self, moment: SystemTime) -> String {
        let since_epoch = moment.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        match self {
            Self::Seconds => since_epoch.as_secs().to_string(),
            Self::Milliseconds => since_epoch.as_millis().to_string(),
            Self::Rfc3339 => {
                let whole = Duration::from_secs(since_epoch.as_secs());
                let moment = SystemTime::UNIX_EPOCH.checked_add(whole);
                moment.and_then(write_rfc3339).unwrap_or_default()
            }
            Self::HttpDate => write_http_date(moment.into()).unwrap_or_default(),
        }
    }

    /// How many digits a moment of today is written with: of seconds from 2001 to 2286.
    pub(crate) const fn usual_digits(self) -> usize {
        match self {
            Self::Milliseconds => 13,
            Self::Seconds | Self::Rfc3339 | Self::HttpDate => 10,
        }
    }

    /// What the unit is called in a message.
    pub(crate) const fn description(self) -> &'static str {
        match self {
            Self::Seconds => "seconds since 1970, in digits",
            Self::Milliseconds => "milliseconds since 1970, in digits",
            Self::Rfc3339 => "a date and time as in RFC 3339",
            Self::HttpDate => {
                "a date and time as HTTP writes it, such as `Sun, 06 Nov 1994 08:49:37 GMT`"
            }
        }
    }
}

fn digits(text: &str) -> Option<i128> {
    // A leading zero would be a second way to write a moment, and move the border to what is signed
    // before it.
    let plain = text.len() <= MAX_DIGITS
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && (text == "0" || !text.starts_with('0'));
    if plain { text.parse().ok() } else { None }
}

fn read_rfc3339(text: &str) -> Option<Moment> {
    OffsetDateTime::parse(text, &Rfc3339).ok().map(OffsetDateTime::unix_timestamp_nanos)
}

/// What ends a date in HTTP, and how the library writes the same.
const GMT: &str = " GMT";
const NO_OFFSET: &str = " +0000";

/// The one way in which HTTP's dates are written today, to the letter.
fn read_http_date(text: &str) -> Option<OffsetDateTime> {
    let moment = OffsetDateTime::parse(text, &Rfc2822).ok()?;
    (write_http_date(moment).as_deref() == Some(text)).then_some(moment)
}

fn write_http_date(moment: OffsetDateTime) -> Option<String> {
    let text = moment.format(&Rfc2822).ok()?;
    text.strip_suffix(NO_OFFSET).map(|date| format!("{date}{GMT}"))
}

/// The seconds of the years 0 to 9999.
const YEARS: core::ops::RangeInclusive<i64> = -62_167_219_200..=253_402_300_799;

fn system_time(seconds: i64, nanoseconds: u32) -> Option<SystemTime> {
    let whole = Duration::from_secs(seconds.unsigned_abs());
    // Not every system's clock reaches as far back.
    let whole = if seconds < 0 {
        SystemTime::UNIX_EPOCH.checked_sub(whole)
    } else {
        SystemTime::UNIX_EPOCH.checked_add(whole)
    };
    whole?.checked_add(Duration::from_nanos(nanoseconds.into()))
}

/// The moment as RFC 3339 writes it, `None` beyond the year 9999 or before the year 0.
pub(crate) fn write_rfc3339(time: SystemTime) -> Option<String> {
    write_moment(moment(time))
}

/// The same for seconds since 1970 and nanoseconds.
pub(crate) fn write_unix((seconds, nanoseconds): (i64, u32)) -> Option<String> {
    write_moment(i128::from(seconds) * NANOSECONDS + i128::from(nanoseconds))
}

fn write_moment(moment: Moment) -> Option<String> {
    OffsetDateTime::from_unix_timestamp_nanos(moment).ok()?.format(&Rfc3339).ok()
}

/// Milliseconds since 1970, which may lie before it.
pub(crate) fn milliseconds(time: SystemTime) -> i64 {
    i64::try_from(moment(time).div_euclid(NANOSECONDS / 1000)).unwrap_or_default()
}

pub(crate) fn moment(time: SystemTime) -> Moment {
    let nanoseconds = |since: Duration| {
        i128::from(since.as_secs()) * NANOSECONDS + i128::from(since.subsec_nanos())
    };
    match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(after) => nanoseconds(after),
        Err(before) => -nanoseconds(before.duration()),
    }
}
