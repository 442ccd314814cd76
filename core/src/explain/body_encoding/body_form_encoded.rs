//! A body that is a form, or was.

use core::ops::ControlFlow;

use super::super::FindingCode;
use super::super::part::{Candidates, Change, Effort, Offers};
use super::super::received::{Body, ReceivedBody};
use crate::percent::{self, Plus};
use hookseal_json::{RawString, TokenKind, tokens};

pub(super) const CANDIDATES: Candidates<Body> =
    Candidates { code: FindingCode::BodyFormEncoded, effort: Effort::Read, offer };

pub(super) const SIGNED_SO: Candidates<Body> = Candidates {
    code: FindingCode::BodyFormEncoded,
    effort: Effort::Guess,
    offer: offer_signed_so,
};

fn offer(received: &ReceivedBody<'_>, offers: &mut Offers<'_, Body>) -> ControlFlow<()> {
    let Some(text) = received.text() else { return ControlFlow::Continue(()) };
    offers.offer_inside(
        received.json().and_then(read_as_form),
        "the body was read as a form",
        received,
    )?;
    for field in fields(text) {
        offers.offer_inside(Some(field), "the body is a form", received)?;
    }
    for form in received.json().map(of_fields).unwrap_or_default() {
        let evidence = "the fields of a form came; the sender signed the form";
        offers.offer(form, Change::Altered, evidence)?;
    }
    ControlFlow::Continue(())
}

fn offer_signed_so(received: &ReceivedBody<'_>, offers: &mut Offers<'_, Body>) -> ControlFlow<()> {
    if !received.text().is_some_and(|text| text.starts_with(['{', '['])) {
        return ControlFlow::Continue(());
    }
    for (field, form) in forms(received.bytes) {
        let evidence = format!(
            "the sender signed a form with this in the field `{field}`, {} bytes",
            form.len()
        );
        offers.offer(form, Change::Altered, evidence)?;
        if !offers.budget.allows(received.bytes.len().saturating_mul(2)) {
            break;
        }
    }
    ControlFlow::Continue(())
}

/// How many fields of a form are looked at.
const MAX_FIELDS: usize = 8;

/// What serialisers of forms leave as it is, and how they write a space: Python and Go, browsers
/// and Java, PHP, curl, and JavaScript's encodeURIComponent.
pub(super) const ENCODERS: [(&[u8], Plus); 6] = [
    (b"-_.~", Plus::Space),
    (b"*-._", Plus::Space),
    (b"-_.", Plus::Space),
    (b"-_.~", Plus::Itself),
    (b"-_.!~*'()", Plus::Itself),
    (b"-_.~/", Plus::Space),
];

/// The fields that providers put JSON into.
const FIELDS: [&str; 4] = ["payload", "data", "body", "json"];

/// The texts in a form's fields, names too where there is no value.
fn fields(body: &str) -> Vec<String> {
    let is_form = body.contains('=') && !body.trim_start().starts_with(['{', '[', '"', '<']);
    if !is_form {
        return Vec::new();
    }
    let decoded = |text: &str| match percent::decode_encoded(text, Plus::Space) {
        Some(bytes) => String::from_utf8(bytes).ok(),
        None => Some(text.to_owned()),
    };
    let texts = body.trim_end().split('&').take(MAX_FIELDS).map(|pair| {
        pair.split_once('=')
            .map_or(pair, |(name, value)| if value.is_empty() { name } else { value })
    });
    texts.filter_map(decoded).filter(|text| !text.is_empty()).collect()
}

/// Forms that hold the body, as serialisers write them.
fn forms(body: &[u8]) -> impl Iterator<Item = (&'static str, Vec<u8>)> {
    FIELDS.into_iter().flat_map(move |field| {
        ENCODERS.iter().map(move |(unreserved, plus)| {
            let mut form = Vec::with_capacity(body.len() * 2);
            form.extend(field.as_bytes());
            form.push(b'=');
            percent::encode(body, unreserved, *plus, &mut form);
            (field, form)
        })
    })
}

/// Forms with these fields, as serialisers write them: `{"a":"b","c":["d","e"]}` was `a=b&c=d&c=e`.
fn of_fields(text: &str) -> Vec<Vec<u8>> {
    let Some(fields) = texts_by_name(text) else { return Vec::new() };
    let write = |(unreserved, plus): (&[u8], Plus)| {
        let mut form = Vec::with_capacity(text.len() * 2);
        for (name, value) in &fields {
            if !form.is_empty() {
                form.push(b'&');
            }
            percent::encode(name.as_bytes(), unreserved, plus, &mut form);
            form.push(b'=');
            percent::encode(value.as_bytes(), unreserved, plus, &mut form);
        }
        form
    };
    let mut forms: Vec<Vec<u8>> = ENCODERS.into_iter().map(write).collect();
    forms.dedup();
    forms
}

/// The most fields that a form is written of.
const MAX_PAIRS: usize = 256;

/// The members of an object that holds nothing but texts and lists of texts.
fn texts_by_name(text: &str) -> Option<Vec<(String, String)>> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut name: Option<String> = None;
    let mut in_list = false;
    let mut tokens = tokens(text).peekable();
    if tokens.next()?.kind != TokenKind::BeginObject {
        return None;
    }
    while let Some(token) = tokens.next() {
        match token.kind {
            TokenKind::String => {
                let string = RawString::from_literal(token.text)?.decode().into_owned();
                if tokens.peek().is_some_and(|next| next.kind == TokenKind::Colon) {
                    name = Some(string);
                } else if fields.len() < MAX_PAIRS {
                    fields.push((name.clone()?, string));
                } else {
                    return None;
                }
            }
            TokenKind::BeginArray if !in_list => in_list = true,
            TokenKind::EndArray => in_list = false,
            TokenKind::Comma | TokenKind::Colon | TokenKind::EndObject => {}
            _ => return None,
        }
    }
    (!fields.is_empty()).then_some(fields)
}

/// A document in a form has fewer fields than these.
const MAX_MEMBERS: usize = 16;

/// The text that a reader of forms made an object of: `{"{\"a\":1}":""}`.
fn read_as_form(text: &str) -> Option<String> {
    let start = text.trim_start();
    if !start.starts_with("{\"{") && !start.starts_with("{\"[") {
        return None;
    }
    let mut form = String::new();
    let mut members = 0;
    let mut is_value = false;
    for token in tokens(text) {
        match token.kind {
            TokenKind::String => {
                let string = RawString::from_literal(token.text)?;
                if is_value && !string.as_raw_str().is_empty() {
                    form.push('=');
                }
                string.decode_into(&mut form);
            }
            TokenKind::Comma if members < MAX_MEMBERS => {
                members += 1;
                form.push('&');
            }
            TokenKind::Colon | TokenKind::BeginObject | TokenKind::EndObject => {}
            _ => return None,
        }
        is_value = token.kind == TokenKind::Colon;
    }
    Some(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_fields() {
        let body = "payload=%7B%22a%22%3A+1%7D&x=1&%7B%7D=";
        assert_eq!(fields(body), ["{\"a\": 1}", "1", "{}"]);
        assert!(fields("{\"a\":\"b=c\"}").is_empty());
    }

    /// As Python's `urllib.parse.quote_plus`, `URLSearchParams`, and `curl --data-urlencode` do.
    #[test]
    fn writes_as_others_do() {
        let written: Vec<String> = forms(b"{\"a\": \"~*\"}")
            .filter_map(|(_, form)| String::from_utf8(form).ok())
            .collect();
        for expected in [
            "payload=%7B%22a%22%3A+%22~%2A%22%7D",
            "payload=%7B%22a%22%3A+%22%7E*%22%7D",
            "payload=%7B%22a%22%3A%20%22~%2A%22%7D",
        ] {
            assert!(written.iter().any(|form| form == expected), "{expected}");
        }
    }

    #[test]
    fn writes_the_form_of_fields() {
        let forms = of_fields(r#"{"Body":"hi you","From":"+1","M":["a","b"]}"#);
        assert_eq!(forms[0], b"Body=hi+you&From=%2B1&M=a&M=b");
        assert!(forms.iter().any(|form| form == b"Body=hi%20you&From=%2B1&M=a&M=b"));
        for other in [r#"{"a":1}"#, r#"{"a":{"b":"c"}}"#, "{}", "[]", r#"["a"]"#] {
            assert!(of_fields(other).is_empty(), "{other}");
        }
    }

    #[test]
    fn undoes_the_reading_of_a_form() {
        let read = r#"{"{\"a\":\"b":"c","d\"}":""}"#;
        assert_eq!(read_as_form(read).as_deref(), Some(r#"{"a":"b=c&d"}"#));
        assert_eq!(read_as_form(r#"{"{\"a\":1}":""}"#).as_deref(), Some(r#"{"a":1}"#));
        assert_eq!(read_as_form(r#"{"{}":1}"#), None);
        assert_eq!(read_as_form(r#"{"a":"b"}"#), None);
    }
}
