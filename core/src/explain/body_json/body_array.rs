//! A body that was an array where the sender signed it.

use core::ops::ControlFlow;

use hookseal_json::{Root, TokenKind, tokens, validate};

use super::super::FindingCode;
use super::super::part::{Candidates, Change, Effort, Offers};
use super::super::received::{Body, ReceivedBody};
use super::body_reserialised::offer_styles_of;

pub(super) const CANDIDATES: Candidates<Body> =
    Candidates { code: FindingCode::BodyArray, effort: Effort::Read, offer };

/// How many elements an array is put together from.
const MAX_ELEMENTS: usize = 4096;

fn offer(received: &ReceivedBody<'_>, offers: &mut Offers<'_, Body>) -> ControlFlow<()> {
    let may_be_array = received.scheme.compiled().payload.json.is_some_and(|r| r != Root::Object);
    let Some(text) = received.text().filter(|_| may_be_array) else {
        return ControlFlow::Continue(());
    };
    for (elements, what) in elements(text.trim(), received.json().is_some()) {
        for separator in [",", ", ", "\r\n,", ",\r\n"] {
            let array = format!("[{}]", elements.join(separator));
            offers.offer(array, Change::Altered, what)?;
            if elements.len() == 1 {
                break;
            }
        }
        let array = format!("[{}]", elements.join(","));
        offer_styles_of(&array, "as an array, ", received, offers)?;
    }
    ControlFlow::Continue(())
}

/// Returns the elements that the array may have had, and what became of it.
fn elements(text: &str, is_json: bool) -> Vec<(Vec<&str>, &'static str)> {
    let mut found = Vec::new();
    if is_json {
        if text.starts_with('{') {
            found.push((vec![text], "an element came alone; the sender signed the array of it"));
        }
        if let Some(elements) = numbered(text) {
            let what = "an object with numbers for its keys came; the sender signed an array";
            found.push((elements, what));
        }
        return found;
    }
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let is_list = (2..=MAX_ELEMENTS).contains(&lines.len());
    if is_list && lines.iter().all(|line| validate(line).is_ok()) {
        found.push((lines, "the elements came in lines; the sender signed an array of them"));
    }
    found
}

/// Returns the members of an object whose keys are numbered from 0, without others behind them.
fn numbered(text: &str) -> Option<Vec<&str>> {
    let mut elements = Vec::new();
    let mut depth = 0_usize;
    let mut tokens = tokens(text).peekable();
    if tokens.next()?.kind != TokenKind::BeginObject {
        return None;
    }
    while let Some(key) = tokens.next() {
        let is_next = key.text.trim_matches('"').parse() == Ok(elements.len());
        if !is_next || elements.len() == MAX_ELEMENTS || tokens.next()?.kind != TokenKind::Colon {
            break;
        }
        let start = tokens.peek()?.start;
        loop {
            let token = tokens.next()?;
            match token.kind {
                TokenKind::BeginObject | TokenKind::BeginArray => depth += 1,
                TokenKind::EndObject | TokenKind::EndArray if depth > 0 => depth -= 1,
                TokenKind::Comma | TokenKind::EndObject if depth == 0 => {
                    elements.push(text[start..token.start].trim_end());
                    break;
                }
                _ => {}
            }
        }
    }
    (!elements.is_empty()).then_some(elements)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_elements() {
        let object = r#"{"0":{"a":[1,{}]}, "1": "b" ,"at":2}"#;
        let found = elements(object, true);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].0, [object]);
        assert_eq!(found[1].0, [r#"{"a":[1,{}]}"#, "\"b\""]);
        assert_eq!(elements(r#"{"1":2}"#, true).len(), 1);
        assert_eq!(elements("[1]", true).len(), 0);
        assert_eq!(elements("{}\n{\"a\":1}\n", false)[0].0, ["{}", "{\"a\":1}"]);
        assert_eq!(elements("{}\n{\"a\"", false).len(), 0);
    }
}
