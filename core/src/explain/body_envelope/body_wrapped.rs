//! A body that stands inside another document.

use core::ops::ControlFlow;

use hookseal_json::{RawString, TokenKind, tokens};

use super::super::FindingCode;
use super::super::body_encoding::from_base64;
use super::super::came::{Body, CameBody};
use super::super::part::{Candidates, Effort, Offers};

pub(super) const CANDIDATES: Candidates<Body> =
    Candidates { code: FindingCode::BodyWrapped, effort: Effort::Read, offer };

/// How many texts and objects are taken out of a document.
const MAX_INNER: usize = 16;

/// How deep objects are taken out of it.
const DEPTHS: core::ops::RangeInclusive<usize> = 1..=3;

fn offer(came: &CameBody<'_>, offers: &mut Offers<'_, Body>) -> ControlFlow<()> {
    let Some(text) = came.json().filter(|text| text.trim_start().starts_with('{')) else {
        return ControlFlow::Continue(());
    };
    for inner in inner(text) {
        let decoded = from_base64(&inner);
        offers.offer_inside(Some(inner), "the body is a document with others inside", came)?;
        let what = "the body is a document with others inside, as base64";
        offers.offer_inside(decoded, what, came)?;
    }
    ControlFlow::Continue(())
}

/// What stands in a JSON document and may be the body: strings that hold something, then objects
/// as they are written.
fn inner(text: &str) -> Vec<Vec<u8>> {
    let (mut texts, mut objects) = (Vec::new(), Vec::new());
    let mut starts = Vec::new();
    let mut tokens = tokens(text).peekable();
    while let Some(token) = tokens.next() {
        match token.kind {
            TokenKind::String => {
                let is_key = tokens.peek().is_some_and(|next| next.kind == TokenKind::Colon);
                let string = RawString::from_literal(token.text).filter(|_| !is_key);
                if let Some(string) = string.filter(may_hold_document)
                    && texts.len() < MAX_INNER
                {
                    texts.push(string.decode().into_owned().into_bytes());
                }
            }
            TokenKind::BeginObject | TokenKind::BeginArray => starts.push(token.start),
            TokenKind::EndObject | TokenKind::EndArray => {
                let object = &text[starts.pop().unwrap_or_default()..=token.start];
                // An empty one says nothing: many bodies have it, and anybody's may be signed.
                let may_be_body = token.kind == TokenKind::EndObject && object.contains('"');
                if may_be_body && DEPTHS.contains(&starts.len()) && objects.len() < MAX_INNER {
                    objects.push(object.as_bytes().to_vec());
                }
            }
            _ => {}
        }
    }
    texts.append(&mut objects);
    texts.truncate(MAX_INNER);
    texts
}

/// Whether a string begins as an object, an array, or base64 of one.
fn may_hold_document(string: &RawString<'_>) -> bool {
    let raw = string.as_raw_str().trim_start();
    ["{", "[", "eyJ", "ewo", "ew0", "W3s"].iter().any(|begin| raw.starts_with(begin))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_bodies_out_of_envelopes() {
        let event = r#"{"version":"2.0","headers":{"a":"b"},"body":"{\"id\": 1}","n":[{"x":{}}]}"#;
        let texts: Vec<String> =
            inner(event).into_iter().filter_map(|text| String::from_utf8(text).ok()).collect();
        assert_eq!(texts, [r#"{"id": 1}"#, r#"{"a":"b"}"#, r#"{"x":{}}"#]);
    }
}
