//! The traces of a serialiser in the JSON that it writes.

use core::convert::Infallible;

use hookseal_json::{RawNumber, RawString, TokenKind, Visitor, read, tokens};

use super::style::{Escapes, Layout, Style};
use super::values::is_rounded_integer;
use super::writer::write;

/// Whose output the text is, if it is exactly that.
pub(super) fn serialiser(text: &str) -> Option<&'static str> {
    if hookseal_json::to_ecmascript(text).is_ok_and(|written| written == text) {
        return Some("JavaScript's JSON.stringify");
    }
    let known = [
        (Layout::Spaced, Escapes::Ascii, "Python's json.dumps"),
        (Layout::Compact, Escapes::AsciiAndSlash, "PHP's json_encode"),
        (Layout::Compact, Escapes::Ascii, "Python's json.dumps with compact separators"),
        (Layout::Compact, Escapes::Html, "Go's json.Marshal"),
    ];
    if let Some(line) = text.strip_suffix('\n')
        && is_written(line, Layout::Compact, Escapes::Ascii)
    {
        return Some("Flask's jsonify");
    }
    let known = known.into_iter().find(|(layout, escapes, _)| is_written(text, *layout, *escapes));
    known.map(|(_, _, name)| name)
}

fn is_written(text: &str, layout: Layout, escapes: Escapes) -> bool {
    let style = Style { layout, escapes };
    write(text, style, text.len() * 2).is_ok_and(|written| written == text)
}

/// What a serialiser left in a text.
pub(super) struct Traces {
    /// How many integers have the digits that a double rounds to.
    pub(super) rounded: usize,
    /// True if the keys of every object are in order.
    pub(super) is_sorted: bool,
    /// How many keys stand after another one.
    pub(super) sorted_keys: usize,
    /// The last key of each open object.
    objects: Vec<Option<String>>,
}

impl Traces {
    /// Of as much of the text as is JSON.
    pub(super) fn of(text: &str) -> Self {
        let mut traces = Self { rounded: 0, is_sorted: true, sorted_keys: 0, objects: Vec::new() };
        let _ = read(text, &mut traces);
        traces
    }
}

impl<'a> Visitor<'a> for Traces {
    type Error = Infallible;

    fn number(&mut self, number: RawNumber<'a>) -> Result<(), Infallible> {
        self.rounded += usize::from(is_rounded_integer(number.as_str()));
        Ok(())
    }

    fn begin_object(&mut self) -> Result<(), Infallible> {
        self.objects.push(None);
        Ok(())
    }

    fn key(&mut self, key: RawString<'a>) -> Result<(), Infallible> {
        if let Some(last) = self.objects.last_mut() {
            let key = key.decode().into_owned();
            if let Some(last) = last {
                self.is_sorted &= *last < key;
                self.sorted_keys += 1;
            }
            *last = Some(key);
        }
        Ok(())
    }

    fn end_object(&mut self) -> Result<(), Infallible> {
        self.objects.pop();
        Ok(())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spacing {
    Compact,
    Spaced,
    Indented,
}

impl Spacing {
    /// How JSON is spaced outside of strings, `None` if in several ways.
    pub(super) fn of(text: &str) -> Option<Self> {
        let text = text.trim_end();
        let (mut spaces, mut tight, mut breaks) = (0, 0, 0);
        let mut end = 0;
        for token in tokens(text) {
            breaks += text[end..token.start].matches('\n').count();
            end = token.start + token.text.len();
            if matches!(token.kind, TokenKind::Comma | TokenKind::Colon) {
                match text.as_bytes().get(end) {
                    Some(b' ') => spaces += 1,
                    Some(b'\n' | b'\r') => {}
                    _ => tight += 1,
                }
            }
        }
        match (spaces, tight, breaks) {
            (0, _, 0) => Some(Self::Compact),
            (_, 0, 0) => Some(Self::Spaced),
            (_, 0, _) => Some(Self::Indented),
            _ => None,
        }
    }

    /// Returns `true` if a serialiser that spaces so gives exactly this text.
    pub(super) fn is_a_serialisers(self, text: &str) -> bool {
        let text = text.trim_end();
        let layouts: &[Layout] = match self {
            // The most usual: it says nothing.
            Self::Compact => &[],
            Self::Spaced => &[Layout::Spaced],
            Self::Indented => {
                &[Layout::Indented("  "), Layout::Indented("    "), Layout::Indented("\t")]
            }
        };
        let escapes = Escapes::distinct(text);
        layouts.iter().any(|layout| escapes.iter().any(|kind| is_written(text, *layout, *kind)))
    }

    pub(super) const fn description(self) -> &'static str {
        match self {
            Self::Compact => "compact",
            Self::Spaced => "written with `, ` and `: ` as Python's json.dumps separates",
            Self::Indented => "indented",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_spacings_apart() {
        assert_eq!(Spacing::of(r#"{"a":1,"b":": , "}"#), Some(Spacing::Compact));
        assert_eq!(Spacing::of(r#"{"a": 1, "b": ":,"}"#), Some(Spacing::Spaced));
        assert_eq!(Spacing::of("{\n  \"a\": 1,\n  \"b\": []\n}\n"), Some(Spacing::Indented));
        assert_eq!(Spacing::of(r#"{"a": 1,"b":2}"#), None);
    }
}
