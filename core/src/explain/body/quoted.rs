//! JSON inside a JSON string, and quotes that a filter escaped.

use hookseal_json::{RawString, validate};

/// How often JSON may have been put into a string.
const MAX_LAYERS: usize = 3;

/// What stands in the JSON string that the body is.
pub(super) fn from_json_string(body: &str) -> Option<String> {
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
pub(super) fn to_json_string(body: &str) -> String {
    // A text can always be written.
    serde_json::to_string(body).unwrap_or_default()
}

/// Without the backslashes that stand before quotes.
pub(super) fn without_slashes(body: &str) -> Option<String> {
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

/// With characters for HTML's entities: those of its own syntax, and by number.
pub(super) fn without_entities(body: &str) -> Option<String> {
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
        let once = to_json_string(text);
        let twice = to_json_string(&once);
        assert_eq!(from_json_string(&once).as_deref(), Some(text));
        assert_eq!(from_json_string(&twice).as_deref(), Some(text));
        assert_eq!(from_json_string(text), None);
        assert_eq!(without_slashes(r#"{\"a\":\"x\'y\\\\\"}"#).as_deref(), Some(text));
        assert_eq!(without_slashes(r#"{"a":"\"x\""}"#), None);
        let html = "{&quot;a&#34;:&#x22;x&#039;y\\\\&QUOT;&amp;&";
        assert_eq!(without_entities(html).as_deref(), Some("{\"a\":\"x'y\\\\&QUOT;&&"));
    }
}
