//! Quotes that a filter or a template escaped.

use core::ops::ControlFlow;

use super::super::FindingCode;
use super::super::part::{Candidates, Effort, Offers};
use super::super::received::{Body, ReceivedBody};

pub(super) const CANDIDATES: Candidates<Body> =
    Candidates { code: FindingCode::BodyEscaped, effort: Effort::Read, offer };

fn offer(received: &ReceivedBody<'_>, offers: &mut Offers<'_, Body>) -> ControlFlow<()> {
    let Some(text) = received.text() else { return ControlFlow::Continue(()) };
    let slashes = without_slashes(text);
    offers.offer_inside(slashes, "quotes have a backslash before them", received)?;
    let entities = without_entities(text);
    offers.offer_inside(entities, "HTML's entities stand in the body", received)
}

/// Returns the body without the backslashes before quotes.
fn without_slashes(body: &str) -> Option<String> {
    let first_quote = body.find('"')?;
    if !body[..first_quote].ends_with('\\') {
        return None;
    }
    let mut text = String::with_capacity(body.len());
    let mut chars = body.chars();
    while let Some(char) = chars.next() {
        match char {
            '\\' => text.extend(chars.next()),
            char => text.push(char),
        }
    }
    Some(text)
}

/// Returns the body with characters for HTML's entities: those of its own syntax, and by number.
fn without_entities(body: &str) -> Option<String> {
    const NAMED: [(&str, char); 6] =
        [("quot", '"'), ("apos", '\''), ("amp", '&'), ("lt", '<'), ("gt", '>'), ("nbsp", '\u{a0}')];
    let mut text = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = rest.find('&') {
        let (before, entity) = rest.split_at(at);
        text.push_str(before);
        // Entities are short.
        let end = entity.bytes().take(10).position(|byte| byte == b';');
        let char = end.and_then(|end| {
            let name = &entity[1..end];
            match name.strip_prefix('#') {
                Some(number) => numbered(number),
                None => NAMED.iter().find(|(known, _)| *known == name).map(|(_, char)| *char),
            }
        });
        if let (Some(char), Some(end)) = (char, end) {
            text.push(char);
            rest = &entity[end + 1..];
        } else {
            text.push('&');
            rest = &entity[1..];
        }
    }
    text.push_str(rest);
    (text != body).then_some(text)
}

fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    char::from_u32(code.ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_off_what_was_added() {
        let text = r#"{"a":"x'y\\"}"#;
        assert_eq!(without_slashes(r#"{\"a\":\"x\'y\\\\\"}"#).as_deref(), Some(text));
        assert_eq!(without_slashes(r#"{"a":"\"x\""}"#), None);
        let html = "{&quot;a&#34;:&#x22;x&#039;y\\\\&QUOT;&amp;&";
        assert_eq!(without_entities(html).as_deref(), Some("{\"a\":\"x'y\\\\&QUOT;&&"));
    }
}
