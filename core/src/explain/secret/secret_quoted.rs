//! Quotes that one of the two secrets has.

use core::ops::ControlFlow;

use super::super::FindingCode;
use super::super::part::{Candidates, Effort, Offers, Symptom, Weight};
use super::super::received::{ReceivedSecret, Secret};
use super::refused::refused;

pub(super) const CANDIDATES: Candidates<Secret> =
    Candidates { code: FindingCode::SecretQuoted, effort: Effort::Read, offer };

pub(super) const SYMPTOM: Symptom<Secret> =
    Symptom { code: FindingCode::SecretQuoted, weight: Weight::Unreadable, shows };

fn offer(received: &ReceivedSecret<'_>, offers: &mut Offers<'_, Secret>) -> ControlFlow<()> {
    const QUOTES: [(&str, &str); 2] = [("\"", "double"), ("'", "single")];
    if let Some(text) = received.text() {
        offer_without(text, offers)?;
    }
    for (quote, name) in QUOTES {
        let evidence = format!("the sender's secret has {name} quotes round it, this one does not");
        let quote = quote.as_bytes();
        offers.offer_secret([quote, received.bytes, quote].concat(), evidence)?;
    }
    ControlFlow::Continue(())
}

fn offer_without(text: &str, offers: &mut Offers<'_, Secret>) -> ControlFlow<()> {
    let bytes = text.strip_prefix("b'").or_else(|| text.strip_prefix("b\""));
    let bare = bytes.unwrap_or(text).trim_matches(is_quote);
    if bare == text || bare.is_empty() {
        return ControlFlow::Continue(());
    }
    let evidence = if bytes.is_some() {
        "the secret stands in Python's notation of bytes"
    } else if text.starts_with(is_quote) && text.ends_with(is_quote) {
        "the secret stands in quotes"
    } else {
        "the secret has a quote at one end"
    };
    offers.offer_inside(bare, evidence)
}

fn is_quote(char: char) -> bool {
    matches!(char, '"' | '\'' | '`' | '\u{201c}' | '\u{201d}' | '\u{2018}' | '\u{2019}' | '\\')
}

fn shows(received: &ReceivedSecret<'_>) -> Option<String> {
    refused(received, FindingCode::SecretQuoted)
}
