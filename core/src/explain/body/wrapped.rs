//! A body that stands inside another document.

use hookseal_json::{RawNumber, RawString, Visitor, read};

/// How many texts are taken out of a document, and how long they must be.
const MAX_TEXTS: usize = 16;
const MIN_TEXT: usize = 2;

/// What stands in a JSON document and may be the body: strings that hold something, objects as
/// they are written, and a form that was read as a document's keys.
pub(super) fn inner(text: &str) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    if text.trim_start().starts_with('{') {
        let mut search = Search { texts: Vec::new() };
        if read(text, &mut search).is_ok() {
            found.extend(search.texts.into_iter().map(String::into_bytes));
            found.extend(objects(text).into_iter().map(|object| object.as_bytes().to_vec()));
        }
    }
    found.truncate(MAX_TEXTS);
    found
}

/// The text that a reader of forms made an object of: `{"{\"a\":1}":""}`.
pub(super) fn read_as_form(text: &str) -> Option<String> {
    let start = text.trim_start();
    if !start.starts_with("{\"{") && !start.starts_with("{\"[") {
        return None;
    }
    let mut members = Members { texts: Vec::new() };
    read(text, &mut members).ok()?;
    let pairs = members.texts.chunks(2).map(|pair| match pair {
        [name, value] if !value.is_empty() => format!("{name}={value}"),
        [name, ..] => name.clone(),
        [] => String::new(),
    });
    Some(pairs.collect::<Vec<String>>().join("&"))
}

/// The strings in which a document can stand.
struct Search {
    texts: Vec<String>,
}

/// All keys and strings.
struct Members {
    texts: Vec<String>,
}

/// Implements what both searches pass over.
macro_rules! pass_over {
    ($($method:ident)*) => {
        $(fn $method(&mut self) -> Result<(), Self::Error> { Ok(()) })*
    };
}

impl<'a> Visitor<'a> for Search {
    type Error = core::convert::Infallible;

    pass_over!(null begin_array end_array begin_object end_object);

    fn boolean(&mut self, _: bool) -> Result<(), Self::Error> {
        Ok(())
    }

    fn number(&mut self, _: RawNumber<'a>) -> Result<(), Self::Error> {
        Ok(())
    }

    fn key(&mut self, _: RawString<'a>) -> Result<(), Self::Error> {
        Ok(())
    }

    fn string(&mut self, string: RawString<'a>) -> Result<(), Self::Error> {
        let raw = string.as_raw_str().trim_start();
        // An object, an array, or base64 of one.
        let may_hold = ["{", "[", "eyJ", "ewo", "ew0", "W3s"].iter().any(|s| raw.starts_with(s));
        if raw.len() >= MIN_TEXT && may_hold && self.texts.len() < MAX_TEXTS {
            self.texts.push(string.decode().into_owned());
        }
        Ok(())
    }
}

impl<'a> Visitor<'a> for Members {
    type Error = ();

    pass_over!(end_array end_object begin_object);

    fn null(&mut self) -> Result<(), ()> {
        Err(())
    }

    fn begin_array(&mut self) -> Result<(), ()> {
        Err(())
    }

    fn boolean(&mut self, _: bool) -> Result<(), ()> {
        Err(())
    }

    fn number(&mut self, _: RawNumber<'a>) -> Result<(), ()> {
        Err(())
    }

    fn key(&mut self, key: RawString<'a>) -> Result<(), ()> {
        self.string(key)
    }

    fn string(&mut self, string: RawString<'a>) -> Result<(), ()> {
        if self.texts.len() == 2 * MAX_TEXTS {
            return Err(());
        }
        self.texts.push(string.decode().into_owned());
        Ok(())
    }
}

/// The objects up to two levels inside a valid document, as they are written.
fn objects(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut starts = Vec::new();
    let mut in_string = false;
    let mut bytes = text.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' if in_string => {
                bytes.next();
            }
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => starts.push((at, byte)),
            b'}' | b']' if !in_string => {
                let Some((start, bracket)) = starts.pop() else { break };
                let object = &text[start..=at];
                // An empty one says nothing: many bodies have it, and anybody's may be signed.
                let may_be_body = bracket == b'{' && object.contains('"');
                if may_be_body && (1..=3).contains(&starts.len()) && found.len() < MAX_TEXTS {
                    found.push(object);
                }
            }
            _ => {}
        }
    }
    found
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
        assert!(inner("[{}]").is_empty());
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
