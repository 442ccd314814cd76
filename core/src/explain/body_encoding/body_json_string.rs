//! JSON inside a JSON string.

use core::ops::ControlFlow;

use super::super::FindingCode;
use super::super::body_json::{Escapes, Layout, Style, write};
use super::super::part::{Candidates, Change, Effort, Offers};
use super::super::received::{Body, ReceivedBody};
use hookseal_json::{RawString, validate};

pub(super) const CANDIDATES: Candidates<Body> =
    Candidates { code: FindingCode::BodyJsonString, effort: Effort::Read, offer };

pub(super) const SIGNED_SO: Candidates<Body> =
    Candidates { code: FindingCode::BodyJsonString, effort: Effort::Guess, offer: offer_signed_so };

fn offer(received: &ReceivedBody<'_>, offers: &mut Offers<'_, Body>) -> ControlFlow<()> {
    let text = received.text().and_then(from_json_string);
    offers.offer_inside(text, "the body is a JSON string", received)
}

fn offer_signed_so(received: &ReceivedBody<'_>, offers: &mut Offers<'_, Body>) -> ControlFlow<()> {
    let Some(text) = received.text().filter(|text| text.starts_with(['{', '['])) else {
        return ControlFlow::Continue(());
    };
    let evidence = "the sender signed a JSON string that holds this, which was parsed here";
    let literal = to_json_string(text);
    for escapes in Escapes::distinct(&literal) {
        let style = Style { layout: Layout::Compact, escapes };
        let limit = literal.len().saturating_mul(6);
        if offers.budget.allows(limit)
            && let Ok(written) = write(&literal, style, limit)
        {
            offers.offer(written, Change::Altered, evidence)?;
        }
    }
    ControlFlow::Continue(())
}

/// How often JSON may have been put into a string.
const MAX_LAYERS: usize = 3;

/// Returns the content of the JSON string that the body is.
fn from_json_string(body: &str) -> Option<String> {
    let mut text = unquoted(body)?;
    for _ in 1..MAX_LAYERS {
        match unquoted(&text) {
            Some(inner) => text = inner,
            None => break,
        }
    }
    Some(text)
}

fn unquoted(text: &str) -> Option<String> {
    let literal = text.trim();
    if !literal.starts_with('"') || validate(literal).is_err() {
        return None;
    }
    RawString::from_literal(literal).map(|string| string.decode().into_owned())
}

/// The body as a JSON string, with nothing escaped that need not be.
fn to_json_string(body: &str) -> String {
    // A text can always be written.
    serde_json::to_string(body).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_strings_off() {
        let text = r#"{"a":"x'y\\"}"#;
        let once = to_json_string(text);
        let twice = to_json_string(&once);
        assert_eq!(from_json_string(&once).as_deref(), Some(text));
        assert_eq!(from_json_string(&twice).as_deref(), Some(text));
        assert_eq!(from_json_string(text), None);
    }
}
