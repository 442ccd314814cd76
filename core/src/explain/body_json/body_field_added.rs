//! A field more than the sender signed.

use core::ops::{ControlFlow, Range};

use hookseal_json::{TokenKind, tokens};

use super::super::FindingCode;
use super::super::part::{Candidates, Change, Effort, Offers, Symptom, Weight};
use super::super::received::{Body, ReceivedBody};
use super::body_reserialised::offer_styles_of;
use super::samples::{SHORTEST_FIELD, lengths};

pub(super) const CANDIDATES: Candidates<Body> =
    Candidates { code: FindingCode::BodyFieldAdded, effort: Effort::Guess, offer };

pub(super) const SYMPTOM: Symptom<Body> =
    Symptom { code: FindingCode::BodyFieldAdded, weight: Weight::Unusual, shows };

/// Of an object with more fields none is taken out.
const MAX_FIELDS: usize = 32;

fn offer(received: &ReceivedBody<'_>, offers: &mut Offers<'_, Body>) -> ControlFlow<()> {
    let Some(text) = received.json() else { return ControlFlow::Continue(()) };
    let fields = fields(text);
    for (number, field) in fields.iter().enumerate() {
        if !offers.budget.allows(text.len()) {
            break;
        }
        let without = [&text[..field.start], &text[field.end..]].concat();
        let evidence = format!(
            "{} bytes came; without field {} they are the {} that were signed",
            text.len(),
            number + 1,
            without.len()
        );
        offers.offer(without, Change::Altered, evidence)?;
    }
    // Who adds a field writes the rest anew, and puts it at the end.
    match fields.last() {
        Some(last) if fields.len() > 1 => {
            let without = [&text[..last.start], &text[last.end..]].concat();
            offer_styles_of(&without, "without the last field, ", received, offers)
        }
        _ => ControlFlow::Continue(()),
    }
}

/// Returns the ranges of the outermost object's fields, each with the comma that goes with it.
fn fields(text: &str) -> Vec<Range<usize>> {
    let mut fields: Vec<Range<usize>> = Vec::new();
    let (mut depth, mut start, mut end) = (0_usize, None, 0);
    for token in tokens(text) {
        let closes = matches!(token.kind, TokenKind::EndObject | TokenKind::EndArray);
        depth -= usize::from(closes && depth > 0);
        let is_outer = depth == 1 && !closes;
        if (is_outer && token.kind == TokenKind::Comma) || depth == 0 {
            if let Some(start) = start.take() {
                fields.push(start..end);
            }
        } else if is_outer && start.is_none() {
            start = Some(token.start);
        }
        end = token.start + token.text.len();
        depth += usize::from(matches!(token.kind, TokenKind::BeginObject | TokenKind::BeginArray));
    }
    if !text.trim_start().starts_with('{') || fields.len() > MAX_FIELDS {
        return Vec::new();
    }
    // The comma after a field, for the last one the comma before it.
    let starts: Vec<usize> = fields.iter().skip(1).map(|field| field.start).collect();
    let last = fields.len().saturating_sub(1);
    let before_last = last.checked_sub(1).map(|before| fields[before].end);
    for (field, next) in fields.iter_mut().zip(starts) {
        field.end = next;
    }
    if let (Some(field), Some(before)) = (fields.last_mut(), before_last) {
        field.start = before;
    }
    fields
}

/// Shows that the body is longer than what was sent, in any style that the sender writes.
fn shows(received: &ReceivedBody<'_>) -> Option<String> {
    let (declared, lengths) = (received.declared_length()?, lengths(received)?);
    let shortest = lengths.into_iter().min()?;
    (shortest >= declared.saturating_add(SHORTEST_FIELD)).then(|| {
        format!(
            "written as the sender's samples are, the body has at least {shortest} bytes; \
             Content-Length says {declared}"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_each_field_out() {
        let text = r#"{ "a": [1, {"x":2}], "b" :{"c":3} ,"d":"}" }"#;
        let without: Vec<String> = fields(text)
            .into_iter()
            .map(|field| [&text[..field.start], &text[field.end..]].concat())
            .collect();
        assert_eq!(
            without,
            [
                r#"{ "b" :{"c":3} ,"d":"}" }"#,
                r#"{ "a": [1, {"x":2}], "d":"}" }"#,
                r#"{ "a": [1, {"x":2}], "b" :{"c":3} }"#,
            ]
        );
        assert_eq!(fields("{}"), []);
        assert_eq!(fields("[1,2]"), []);
        assert_eq!(fields(r#"{"a":1}"#).first(), Some(&(1..6)));
    }
}
