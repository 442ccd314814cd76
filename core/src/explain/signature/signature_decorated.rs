//! A header's value with something round it.

use core::ops::ControlFlow;

use super::super::FindingCode;
use super::super::cause::Cause;
use super::super::part::{Candidates, Change, Effort, Offers, Symptom, Weight};
use super::super::received::{CameValue, HeaderValue, ReceivedDigest, WrittenDigest};
use super::signature_prefix::is_right;
use crate::percent;

pub(super) const CANDIDATES: Candidates<HeaderValue> =
    Candidates { code: FindingCode::SignatureDecorated, effort: Effort::Read, offer };

pub(super) const AFTER_DIGEST: Symptom<WrittenDigest> =
    Symptom { code: FindingCode::SignatureDecorated, weight: Weight::Unusual, shows };

fn offer(received: &CameValue<'_>, offers: &mut Offers<'_, HeaderValue>) -> ControlFlow<()> {
    let (name, value) = (received.name, received.value);
    let bare = undecorated(value);
    if bare != value && !bare.is_empty() {
        let evidence = format!("`{name}` has {} round its value", decoration(value, &bare));
        offers.offer(bare, Change::Wrapped, evidence)?;
    }
    // As it is where a form or a URL is decoded: base64 has `+` in it.
    if value.contains(' ') {
        let evidence = format!("`{name}` has spaces where the sender wrote `+`");
        offers.offer(with_pluses(value), Change::Wrapped, evidence)?;
    }
    ControlFlow::Continue(())
}

/// Returns the value with `+` for spaces, except those before another entry: `v1,… v1,…`.
fn with_pluses(value: &str) -> String {
    let begins_entry = |rest: &str| rest.get(..4).is_some_and(|begin| begin.contains([',', '=']));
    let spaces = value.match_indices(' ').filter(|(at, _)| !begins_entry(&value[at + 1..]));
    let mut text = value.to_owned();
    for (at, _) in spaces {
        text.replace_range(at..=at, "+");
    }
    text
}

fn shows(received: &ReceivedDigest<'_>) -> Option<String> {
    let has_more = !received.is_cut()
        && !is_right(received)
        && received.token.before == received.form_prefix();
    has_more.then(|| format!("`{}` has something after the digest", received.name))
}

/// Returns the cause that a value is wrong in a header that is not signed.
pub(in crate::explain) fn unsigned(evidence: &str) -> Cause {
    Cause::new(FindingCode::SignatureDecorated, evidence)
}

/// Takes off what notations of text put round a value, up to three times.
fn undecorated(value: &str) -> String {
    let mut text = value.to_owned();
    for _ in 0..3 {
        let trimmed = strip_word(text.trim().trim_matches(is_bracket)).trim();
        let inner = without_quotes(trimmed);
        let decoded = percent::decode_encoded(&inner, percent::Plus::Itself)
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .unwrap_or_else(|| inner.clone());
        let next = decoded.replace("&quot;", "").replace("&#34;", "");
        if next == text {
            break;
        }
        text = next;
    }
    text
}

/// Returns the text without quotes, and without the `b` of Python's bytes before them.
fn without_quotes(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut begins = true;
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        let is_bytes = begins && char == 'b' && matches!(chars.peek(), Some('\'' | '"'));
        if !is_bytes && !is_quote(char) {
            bare.push(char);
        }
        begins = matches!(char, ',' | '=' | ';' | ' ');
    }
    bare
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
    } else if value.contains("b'") || value.contains("b\"") {
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
            "sha256=b'ab'",
        ] {
            assert_eq!(undecorated(value), "sha256=ab", "{value}");
        }
        assert_eq!(undecorated("t=1,v1=ab"), "t=1,v1=ab");
        assert_eq!(undecorated("q1+/w=="), "q1+/w==");
    }
}
