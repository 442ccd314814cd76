//! A body that is what a language prints for bytes or an object.

use core::ops::ControlFlow;

use super::super::FindingCode;
use super::super::body_json::offer_styles_of;
use super::super::part::{Candidates, Effort, Offers, Symptom, Weight};
use super::super::received::{Body, ReceivedBody};

pub(super) const CANDIDATES: Candidates<Body> =
    Candidates { code: FindingCode::BodyPlaceholder, effort: Effort::Read, offer };

pub(super) const SYMPTOM: Symptom<Body> =
    Symptom { code: FindingCode::BodyPlaceholder, weight: Weight::Unreadable, shows };

fn offer(received: &ReceivedBody<'_>, offers: &mut Offers<'_, Body>) -> ControlFlow<()> {
    let Some(text) = received.text() else { return ControlFlow::Continue(()) };
    offers.offer_inside(from_numbers(text), "the body is a list of its bytes", received)?;
    let literal = from_bytes_literal(text);
    offers.offer_inside(literal, "the body is Python's notation of bytes", received)?;
    let Some(json) = from_dictionary(text) else { return ControlFlow::Continue(()) };
    let change = "read as the dictionary that a language printed, ";
    offer_styles_of(&json, change, received, offers)?;
    offers.offer_inside(Some(json), "the body is a dictionary as a language prints it", received)
}

fn shows(received: &ReceivedBody<'_>) -> Option<String> {
    let text = received.text().filter(|_| received.must_be_json())?;
    is_printed_object(text).then(|| {
        format!("{} bytes came, and they are what a language prints for an object", text.len())
    })
}

/// The bytes of a list of numbers: of Node's `JSON.stringify(buffer)`, `String(uint8Array)` and
/// `JSON.stringify(uint8Array)`.
fn from_numbers(body: &str) -> Option<Vec<u8>> {
    let text = body.trim();
    if let Some(start) = text.find('[') {
        let head = &text[..start];
        let is_buffer = head.is_empty() || head.contains("\"Buffer\"") || head.contains("\"data\"");
        let end = start + text[start..].find(']')?;
        return if is_buffer { numbers(&text[start + 1..end]) } else { None };
    }
    match text.strip_prefix('{') {
        Some(members) => numbered_members(members.strip_suffix('}')?),
        None => numbers(text),
    }
}

/// Fewer than these could be something else.
const MIN_NUMBERS: usize = 2;

fn numbers(list: &str) -> Option<Vec<u8>> {
    let bytes: Option<Vec<u8>> = list.split(',').map(|number| number.trim().parse().ok()).collect();
    bytes.filter(|bytes| bytes.len() >= MIN_NUMBERS)
}

/// `"0":123,"1":34`
fn numbered_members(members: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for (index, member) in members.split(',').enumerate() {
        let (key, value) = member.split_once(':')?;
        let key: usize = key.trim().trim_matches('"').parse().ok()?;
        if key != index {
            return None;
        }
        bytes.push(value.trim().parse().ok()?);
    }
    (bytes.len() >= MIN_NUMBERS).then_some(bytes)
}

/// The bytes of Python's `b'…'`.
fn from_bytes_literal(body: &str) -> Option<Vec<u8>> {
    let text = body.trim();
    let inner = text
        .strip_prefix("b'")
        .and_then(|rest| rest.strip_suffix('\''))
        .or_else(|| text.strip_prefix("b\"").and_then(|rest| rest.strip_suffix('"')))?;
    let mut bytes = Vec::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(char) = chars.next() {
        let byte = if char == '\\' {
            match chars.next()? {
                'n' => b'\n',
                'r' => b'\r',
                't' => b'\t',
                'x' => hex_byte(&mut chars)?,
                other => u8::try_from(other).ok()?,
            }
        } else {
            u8::try_from(char).ok()?
        };
        bytes.push(byte);
    }
    Some(bytes)
}

fn hex_byte(chars: &mut core::str::Chars<'_>) -> Option<u8> {
    let value = hex(chars, 2)?;
    u8::try_from(value).ok()
}

fn hex(chars: &mut core::str::Chars<'_>, digits: usize) -> Option<u32> {
    (0..digits).try_fold(0, |value, _| Some(value << 4 | chars.next()?.to_digit(16)?))
}

/// The JSON of what Python and Ruby print for a dictionary: `{'a': None}`, `{"a"=>nil}`.
fn from_dictionary(body: &str) -> Option<String> {
    let text = body.trim();
    let inner = text.strip_prefix('[').unwrap_or(text);
    let is_ruby = inner.starts_with("{\"") && inner.contains("=>");
    if !is_ruby && !inner.starts_with("{'") {
        return None;
    }
    let mut json = String::with_capacity(text.len());
    let mut chars = text.chars();
    let mut word = String::new();
    loop {
        let char = chars.next();
        match char {
            Some(char) if char.is_ascii_alphabetic() => {
                word.push(char);
                continue;
            }
            _ => json.push_str(json_word(&core::mem::take(&mut word))?),
        }
        match char {
            Some(quote @ ('\'' | '"')) => string(&mut chars, quote, &mut json)?,
            Some('=') if chars.as_str().starts_with('>') => {
                chars.next();
                json.push(':');
            }
            Some(char) => json.push(char),
            None => break,
        }
    }
    hookseal_json::validate(&json).ok().map(|()| json)
}

fn json_word(word: &str) -> Option<&'static str> {
    Some(match word {
        "" => "",
        "None" | "nil" | "null" => "null",
        "True" | "true" => "true",
        "False" | "false" => "false",
        "e" | "E" => "e",
        _ => return None,
    })
}

fn string(chars: &mut core::str::Chars<'_>, quote: char, json: &mut String) -> Option<()> {
    let mut text = String::new();
    loop {
        match chars.next()? {
            char if char == quote => break,
            '\\' => text.push(match chars.next()? {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'x' => char::from_u32(hex(chars, 2)?)?,
                'u' => char::from_u32(hex(chars, 4)?)?,
                'U' => char::from_u32(hex(chars, 8)?)?,
                other => other,
            }),
            char => text.push(char),
        }
    }
    json.push_str(&serde_json::to_string(&text).ok()?);
    Some(())
}

/// Returns `true` if the body is what a language prints for an object that cannot be read back.
fn is_printed_object(body: &str) -> bool {
    const PRINTED: [&str; 10] = [
        "[object ",
        "Array",
        "<Buffer ",
        "undefined",
        "None",
        "nil",
        "<_io.",
        "java.io.",
        "System.IO.",
        "org.apache.",
    ];
    let text = body.trim();
    text.len() < 512 && PRINTED.iter().any(|start| text.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_back_what_node_prints() {
        for text in [
            r#"{"type":"Buffer","data":[123,34,255]}"#,
            "123,34,255",
            r#"{"0":123,"1":34,"2":255}"#,
        ] {
            assert_eq!(from_numbers(text), Some(vec![123, 34, 255]), "{text}");
        }
        for text in [r#"{"a":[1,2]}"#, r#"{"a":1}"#, "123,256", "{}", "1"] {
            assert_eq!(from_numbers(text), None, "{text}");
        }
    }

    #[test]
    fn reads_back_what_python_and_ruby_print() {
        let python = r#"{'a': None, "b'": [True, 1.5e3, 'it\'s "é"\n'], 'c': {}}"#;
        let json = r#"{"a": null, "b'": [true, 1.5e3, "it's \"é\"\n"], "c": {}}"#;
        assert_eq!(from_dictionary(python).as_deref(), Some(json));
        assert_eq!(from_dictionary("[{'a': 1}]").as_deref(), Some(r#"[{"a": 1}]"#));
        let ruby = r#"{"a"=>nil, "b"=>{"c"=>[1, false]}}"#;
        assert_eq!(from_dictionary(ruby).as_deref(), Some(r#"{"a":null, "b":{"c":[1, false]}}"#));
        assert_eq!(from_dictionary("{'a': Decimal('1')}"), None);
        assert_eq!(from_bytes_literal(r"b'{\xc3\xa9\n\'}'").as_deref(), Some("{é\n'}".as_bytes()));
        assert_eq!(from_bytes_literal("{}"), None);
    }
}
