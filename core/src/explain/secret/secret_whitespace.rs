//! White space and invisible characters that one of the two secrets has.

use core::ops::ControlFlow;

use super::super::FindingCode;
use super::super::part::{Candidates, Effort, Offers, Symptom, Weight};
use super::super::received::{ReceivedSecret, Secret};
use super::refused::refused;

pub(super) const CANDIDATES: Candidates<Secret> =
    Candidates { code: FindingCode::SecretWhitespace, effort: Effort::Read, offer };

pub(super) const SYMPTOM: Symptom<Secret> =
    Symptom { code: FindingCode::SecretWhitespace, weight: Weight::Unreadable, shows };

/// Returns `true` for characters that copying leaves and nobody sees.
fn is_invisible(char: char) -> bool {
    char.is_whitespace()
        || char.is_control()
        || matches!(char, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{ad}')
}

fn offer(received: &ReceivedSecret<'_>, offers: &mut Offers<'_, Secret>) -> ControlFlow<()> {
    if let Some(text) = received.text() {
        offer_without(text, offers)?;
    }
    offer_with(received.bytes, offers)
}

fn offer_without(text: &str, offers: &mut Offers<'_, Secret>) -> ControlFlow<()> {
    let mut offer = |bare: &str, evidence: String| {
        if bare == text || bare.is_empty() {
            return ControlFlow::Continue(());
        }
        offers.offer_inside(bare, evidence)
    };
    let trimmed = text.trim_matches(is_invisible);
    offer(trimmed, format!("the secret {}", surroundings(text, trimmed)))?;
    // A backslash and an `n`, from a notation that nothing decoded.
    let literal = text.trim_end_matches("\\n").trim_end_matches("\\r");
    offer(literal, "the secret ends with a backslash and an `n`".to_owned())?;
    let inner: String = trimmed.chars().filter(|char| !is_invisible(*char)).collect();
    if inner != trimmed {
        let evidence = "the secret has white space or invisible characters inside";
        offer(&inner, evidence.to_owned())?;
    }
    ControlFlow::Continue(())
}

/// Offers what the sender's secret may have that ours lacks.
fn offer_with(secret: &[u8], offers: &mut Offers<'_, Secret>) -> ControlFlow<()> {
    const LOST: [(&str, &str, &str); 6] = [
        ("", "\n", "a line feed at its end"),
        ("", "\r\n", "a carriage return and a line feed at its end"),
        ("", " ", "a space at its end"),
        (" ", "", "a space at its beginning"),
        ("\n", "", "a line feed at its beginning"),
        ("\u{feff}", "", "a byte order mark at its beginning"),
    ];
    for (before, after, what) in LOST {
        let evidence = format!("the sender's secret has {what}, this one does not");
        offers.offer_secret([before.as_bytes(), secret, after.as_bytes()].concat(), evidence)?;
    }
    ControlFlow::Continue(())
}

fn shows(received: &ReceivedSecret<'_>) -> Option<String> {
    refused(received, FindingCode::SecretWhitespace)
}

/// Returns the names of the characters around the trimmed text, which are no secret.
fn surroundings(text: &str, trimmed: &str) -> String {
    let start = text.find(trimmed).unwrap_or(0);
    let before = names(&text[..start]);
    let after = names(&text[start + trimmed.len()..]);
    match (before.is_empty(), after.is_empty()) {
        (false, false) => format!("begins with {before} and ends with {after}"),
        (false, true) => format!("begins with {before}"),
        _ => format!("ends with {after}"),
    }
}

fn names(text: &str) -> String {
    let name = |char: char| match char {
        '\n' => "a line feed".to_owned(),
        '\r' => "a carriage return".to_owned(),
        ' ' => "a space".to_owned(),
        '\t' => "a tab".to_owned(),
        char => format!("U+{:04X}", u32::from(char)),
    };
    let mut named: Vec<String> = text.chars().take(4).map(name).collect();
    if text.chars().nth(4).is_some() {
        named.push("more".to_owned());
    }
    named.join(", ")
}
