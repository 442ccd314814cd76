//! Text for people.

mod json;
mod printable;

use std::time::{Duration, SystemTime};

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

pub(crate) use json::{pretty, pretty_up_to};
pub(crate) use printable::{Printable, printable_json};

/// A duration as people say it: `30 s`, `4 h 16 min`, `1 day`.
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

/// A moment as in RFC 3339, `None` if it is beyond the year 9999.
pub(crate) fn moment(moment: SystemTime) -> Option<String> {
    OffsetDateTime::from(moment).format(&Rfc3339).ok()
}

/// The words of a text in lines of at most `width` characters; a longer word has its own.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{Duration, duration, wrap};

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
    fn words_longer_than_a_line_have_their_own() {
        assert_eq!(wrap("a bc\n defghij k", 5), ["a bc", "defghij", "k"]);
    }
}
