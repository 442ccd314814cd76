//! What a header's value may have been before something was done to it.

use super::super::FindingCode;
use super::super::cause::{Cause, Causes};
use super::super::percent;

/// A value as it came, or as it may have been sent.
pub(in crate::explain) struct Reading {
    pub(in crate::explain) text: String,
    pub(in crate::explain) causes: Causes,
}

/// How many parts of a joined value are looked at.
const MAX_PARTS: usize = 8;

/// The value itself first.
pub(in crate::explain) fn readings(name: &str, value: &str) -> Vec<Reading> {
    let mut all = vec![Reading { text: value.to_owned(), causes: Causes::none() }];
    let bare = undecorated(value);
    if bare != value && !bare.is_empty() {
        let evidence = format!("`{name}` has {} round its value", decoration(value, &bare));
        let causes = Cause::new(FindingCode::SignatureDecorated, evidence).into();
        all.push(Reading { text: bare, causes });
    }
    for (text, times) in separate(value) {
        let evidence = match times {
            0 => format!("`{name}` holds several values, joined by a comma"),
            _ => format!("`{name}` holds the same value {times} times, joined by commas"),
        };
        let causes = Cause::new(FindingCode::HeaderJoined, evidence).into();
        all.push(Reading { text, causes });
    }
    all
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
        if parts.len() % length == 0 && same {
            return vec![(parts[..length].join(","), parts.len() / length)];
        }
    }
    parts.iter().take(MAX_PARTS).map(|part| ((*part).to_owned(), 0)).collect()
}

/// Takes off what notations of text put round a value, up to three times.
fn undecorated(value: &str) -> String {
    let mut text = value.to_owned();
    for _ in 0..3 {
        let trimmed = strip_word(text.trim().trim_matches(is_bracket)).trim();
        let inner = match trimmed.strip_prefix("b'").or_else(|| trimmed.strip_prefix("b\"")) {
            Some(bytes) => bytes.trim_end_matches(['\'', '"']),
            None => trimmed.trim_matches(is_quote),
        };
        let decoded = percent::decode(inner, percent::Plus::Itself)
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .unwrap_or_else(|| inner.to_owned());
        let next = decoded.replace("&quot;", "").replace("&#34;", "");
        if next == text {
            break;
        }
        text = next;
    }
    text
}

fn is_quote(char: char) -> bool {
    matches!(char, '"' | '\'' | '`' | '\u{201c}' | '\u{201d}' | '\\')
}

fn is_bracket(char: char) -> bool {
    matches!(char, '[' | ']' | '(' | ')' | '<' | '>')
}

/// Takes off the name of an authentication scheme.
fn strip_word(text: &str) -> &str {
    const WORDS: [&str; 6] = ["bearer ", "signature ", "hmac ", "token ", "basic ", "digest "];
    let word = WORDS
        .iter()
        .find(|word| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)));
    word.map_or(text, |word| &text[word.len()..])
}

fn decoration(value: &str, bare: &str) -> &'static str {
    if value.trim() == bare {
        "white space"
    } else if strip_word(value.trim()) != value.trim() {
        "the name of an authentication scheme"
    } else if value.starts_with("b'") || value.starts_with("b\"") {
        "Python's notation of bytes"
    } else if value.contains('%') && !bare.contains('%') {
        "percent-encoding"
    } else {
        "quotes or brackets"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_off_what_notations_add() {
        for value in [
            " sha256=ab ",
            "\"sha256=ab\"",
            "b'sha256=ab'",
            "[\"sha256=ab\"]",
            "Bearer sha256=ab",
            "sha256%3Dab",
            "'sha256%3Dab'",
            "&quot;sha256=ab&quot;",
            "b\"sha256=ab\"",
        ] {
            assert_eq!(undecorated(value), "sha256=ab", "{value}");
        }
        assert_eq!(undecorated("t=1,v1=ab"), "t=1,v1=ab");
        assert_eq!(undecorated("q1+/w=="), "q1+/w==");
    }

    #[test]
    fn tells_repeated_values_from_several() {
        assert_eq!(separate("a, a,a"), [("a".to_owned(), 3)]);
        assert_eq!(separate("t=1,v1=a, t=1,v1=a"), [("t=1,v1=a".to_owned(), 2)]);
        assert_eq!(separate("a, b"), [("a".to_owned(), 0), ("b".to_owned(), 0)]);
        assert!(separate("a").is_empty());
    }
}
