//! A body that stands inside another document.

use core::ops::ControlFlow;

use hookseal_json::{RawString, TokenKind, tokens};

use super::super::FindingCode;
use super::super::body_encoding::from_base64;
use super::super::part::{Candidates, Effort, Offers};
use super::super::received::{Body, ReceivedBody};

pub(super) const CANDIDATES: Candidates<Body> =
    Candidates { code: FindingCode::BodyWrapped, effort: Effort::Read, offer };

/// How many texts and objects are taken out of a document.
const MAX_INNER: usize = 16;

/// How deep objects are taken out of it.
const DEPTHS: core::ops::RangeInclusive<usize> = 1..=3;

fn offer(received: &ReceivedBody<'_>, offers: &mut Offers<'_, Body>) -> ControlFlow<()> {
    let Some(text) = received.text() else { return ControlFlow::Continue(()) };
    offers.offer_inside(in_request(text), "the body is a whole HTTP request", received)?;
    offers.offer_inside(in_chunks(text), "the body is in chunks, as HTTP sends them", received)?;
    for part in in_multipart(text) {
        offers.offer_inside(Some(part), "the body is a multipart form", received)?;
    }
    let Some(text) = received.json().filter(|text| text.trim_start().starts_with(['{', '[']))
    else {
        return ControlFlow::Continue(());
    };
    for inner in inner(text) {
        let decoded = from_base64(&inner);
        offers.offer_inside(Some(inner), "the body is a document with others inside", received)?;
        let what = "the body is a document with others inside, as base64";
        offers.offer_inside(decoded, what, received)?;
    }
    ControlFlow::Continue(())
}

/// The body of a request that was kept with its line and its headers.
fn in_request(text: &str) -> Option<&str> {
    let is_request = ["POST ", "PUT "].iter().any(|method| text.starts_with(method));
    is_request.then(|| after_headers(text)).flatten()
}

fn after_headers(text: &str) -> Option<&str> {
    text.split_once("\r\n\r\n").or_else(|| text.split_once("\n\n")).map(|(_, body)| body)
}

/// Returns the content of chunks that were not put together.
fn in_chunks(text: &str) -> Option<String> {
    let mut whole = String::new();
    let mut rest = text;
    loop {
        let (size, after) = rest.split_once("\r\n")?;
        let size = size.split(';').next().filter(|size| size.len() <= 8)?;
        let size = usize::from_str_radix(size, 16).ok()?;
        if size == 0 {
            return (!whole.is_empty()).then_some(whole);
        }
        whole.push_str(after.get(..size)?);
        rest = after.get(size..)?.strip_prefix("\r\n")?;
    }
}

/// The parts of a form that is sent with files.
fn in_multipart(text: &str) -> Vec<&str> {
    let Some(boundary) = text.lines().next().filter(|line| line.starts_with("--")) else {
        return Vec::new();
    };
    let parts = text.split(boundary).filter_map(after_headers).take(MAX_INNER);
    parts.map(|part| part.trim_end_matches(['\r', '\n'])).collect()
}

/// Returns the values in a JSON document that may be the body: strings that hold something, then
/// objects as they are written.
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

/// Returns `true` if a string begins as an object, an array, or base64 of one.
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

    #[test]
    fn takes_bodies_out_of_messages() {
        let request = "POST /hook HTTP/1.1\r\nHost: a\r\n\r\n{\"id\": 1}";
        assert_eq!(in_request(request), Some("{\"id\": 1}"));
        assert_eq!(in_request("{\"a\":\"POST \\n\\n\"}"), None);
        let chunks = "6\r\n{\"id\":\r\n3;x=y\r\n 1}\r\n0\r\n\r\n";
        assert_eq!(in_chunks(chunks).as_deref(), Some("{\"id\": 1}"));
        assert_eq!(in_chunks("12\r\n{}"), None);
        let form = "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n{}\r\n--b--\r\n";
        assert_eq!(in_multipart(form), ["{}"]);
    }
}
