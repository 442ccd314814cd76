//! Headers that came more than once, joined or not.

use core::ops::ControlFlow;

use super::super::FindingCode;
use super::super::part::{Candidates, Change, Effort, Offers, Symptom, Weight};
use super::super::received::{CameValue, HeaderValue, Named, ReceivedHeaders, Request};

pub(super) const CANDIDATES: Candidates<HeaderValue> =
    Candidates { code: FindingCode::HeaderJoined, effort: Effort::Read, offer };

pub(super) const SYMPTOM: Symptom<Request> =
    Symptom { code: FindingCode::HeaderJoined, weight: Weight::Certain, shows };

/// How many parts of a joined value are looked at.
const MAX_PARTS: usize = 8;

fn offer(received: &CameValue<'_>, offers: &mut Offers<'_, HeaderValue>) -> ControlFlow<()> {
    let name = received.name;
    for (text, times) in separate(received.value) {
        let evidence = match times {
            0 => format!("`{name}` holds several values, joined by a comma"),
            _ => format!("`{name}` holds the same value {times} times, joined by commas"),
        };
        offers.offer(text, Change::Wrapped, evidence)?;
    }
    ControlFlow::Continue(())
}

/// The values that may have been joined, and how often the same one is there: 0 if they differ.
fn separate(value: &str) -> Vec<(String, usize)> {
    let parts: Vec<&str> = value.split(',').map(str::trim).collect();
    if parts.len() < 2 || parts.len() > 64 {
        return Vec::new();
    }
    // One value may have commas in it: then the same parts come again and again.
    for length in 1..=parts.len() / 2 {
        let same = parts.chunks(length).all(|chunk| chunk == &parts[..length]);
        if parts.len().is_multiple_of(length) && same {
            return vec![(parts[..length].join(","), parts.len() / length)];
        }
    }
    parts.iter().take(MAX_PARTS).map(|part| ((*part).to_owned(), 0)).collect()
}

/// A header that is there more than once and does not say the same.
fn shows(received: &ReceivedHeaders<'_>) -> Option<String> {
    received.scheme.headers().find_map(|name| {
        let names = core::slice::from_ref(name);
        let of_name = received.given.headers.iter().filter(|h| h.named(names) == Named::Rightly);
        let values: Vec<&str> = of_name.map(|header| header.value.as_str()).collect();
        values.iter().any(|value| *value != values[0]).then(|| {
            format!("`{}` is there {} times, with different values", name.as_str(), values.len())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_repeated_values_from_several() {
        assert_eq!(separate("a, a,a"), [("a".to_owned(), 3)]);
        assert_eq!(separate("t=1,v1=a, t=1,v1=a"), [("t=1,v1=a".to_owned(), 2)]);
        assert_eq!(separate("a, b"), [("a".to_owned(), 0), ("b".to_owned(), 0)]);
        assert!(separate("a").is_empty());
    }
}
