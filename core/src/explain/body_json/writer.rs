//! Writes JSON anew in a style, keeping numbers and the order of keys as they are.

use super::style::{Escapes, Layout, Style};
use hookseal_json::{Piece, RawNumber, RawString, Visitor, read};

/// Why a text was not written anew.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::explain) struct NotWritten;

/// The text in a style.
///
/// # Errors
/// If it is not JSON, or longer than `limit` when written.
pub(in crate::explain) fn write(
    text: &str,
    style: Style,
    limit: usize,
) -> Result<String, NotWritten> {
    let out = String::with_capacity(text.len().min(limit));
    let mut writer = Writer { out, style, limit, containers: Vec::new() };
    read(text, &mut writer).map_err(|_| NotWritten)?;
    Ok(writer.out)
}

struct Writer {
    out: String,
    style: Style,
    limit: usize,
    /// For each open container whether anything is in it, and whether a key was just written.
    containers: Vec<Container>,
}

#[derive(Clone, Copy)]
struct Container {
    empty: bool,
    after_key: bool,
}

impl Writer {
    fn line(&mut self) {
        if let Layout::Indented(indent) = self.style.layout {
            self.out.push('\n');
            for _ in 0..self.containers.len() {
                self.out.push_str(indent);
            }
        }
    }

    /// Separates a member or an element from what is before it.
    fn separate(&mut self) {
        let Some(container) = self.containers.last_mut() else { return };
        if !core::mem::replace(&mut container.empty, false) {
            let spaced = self.style.layout == Layout::Spaced;
            self.out.push_str(if spaced { ", " } else { "," });
        }
        self.line();
    }

    fn before_value(&mut self) -> Result<(), NotWritten> {
        match self.containers.last_mut() {
            Some(container) if container.after_key => container.after_key = false,
            _ => self.separate(),
        }
        if self.out.len() > self.limit { Err(NotWritten) } else { Ok(()) }
    }

    fn open(&mut self, bracket: char) -> Result<(), NotWritten> {
        self.before_value()?;
        self.out.push(bracket);
        self.containers.push(Container { empty: true, after_key: false });
        Ok(())
    }

    fn close(&mut self, bracket: char) {
        if self.containers.pop().is_some_and(|container| !container.empty) {
            self.line();
        }
        self.out.push(bracket);
    }

    fn write_string(&mut self, string: RawString<'_>) {
        self.out.push('"');
        for piece in string.pieces() {
            match piece {
                Piece::Literal(text) => self.write_literal(text),
                Piece::Char(char) => self.write_char(char),
                Piece::LoneSurrogate(unit) => self.write_unit(unit),
            }
        }
        self.out.push('"');
    }

    /// Writes text that had no escapes.
    fn write_literal(&mut self, mut text: &str) {
        let escapes = self.style.escapes;
        if escapes != Escapes::None {
            while let Some(at) = text.find(|char| escapes.covers(char)) {
                let (before, rest) = text.split_at(at);
                self.out.push_str(before);
                let mut chars = rest.chars();
                chars.next().into_iter().for_each(|char| self.write_char(char));
                text = chars.as_str();
            }
        }
        self.out.push_str(text);
    }

    fn write_char(&mut self, char: char) {
        let short = match char {
            '"' if self.style.escapes == Escapes::DotNet => None,
            '"' => Some("\\\""),
            '\\' => Some("\\\\"),
            '\u{8}' => Some("\\b"),
            '\t' => Some("\\t"),
            '\n' => Some("\\n"),
            '\u{c}' => Some("\\f"),
            '\r' => Some("\\r"),
            '/' if self.style.escapes.covers('/') => Some("\\/"),
            _ => None,
        };
        if let Some(escape) = short {
            self.out.push_str(escape);
        } else if char < ' ' || char == '"' || self.style.escapes.covers(char) {
            let mut units = [0; 2];
            for unit in char.encode_utf16(&mut units) {
                self.write_unit(*unit);
            }
        } else {
            self.out.push(char);
        }
    }

    fn write_unit(&mut self, unit: u16) {
        let digits: &[u8; 16] = match self.style.escapes {
            Escapes::DotNet => b"0123456789ABCDEF",
            _ => b"0123456789abcdef",
        };
        self.out.push_str("\\u");
        for shift in [12, 8, 4, 0] {
            self.out.push(char::from(digits[usize::from(unit >> shift & 15)]));
        }
    }
}

impl<'a> Visitor<'a> for Writer {
    type Error = NotWritten;

    fn null(&mut self) -> Result<(), NotWritten> {
        self.before_value()?;
        self.out.push_str("null");
        Ok(())
    }

    fn boolean(&mut self, value: bool) -> Result<(), NotWritten> {
        self.before_value()?;
        self.out.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn number(&mut self, number: RawNumber<'a>) -> Result<(), NotWritten> {
        self.before_value()?;
        self.out.push_str(number.as_str());
        Ok(())
    }

    fn string(&mut self, string: RawString<'a>) -> Result<(), NotWritten> {
        self.before_value()?;
        self.write_string(string);
        Ok(())
    }

    fn begin_array(&mut self) -> Result<(), NotWritten> {
        self.open('[')
    }

    fn end_array(&mut self) -> Result<(), NotWritten> {
        self.close(']');
        Ok(())
    }

    fn begin_object(&mut self) -> Result<(), NotWritten> {
        self.open('{')
    }

    fn key(&mut self, key: RawString<'a>) -> Result<(), NotWritten> {
        self.separate();
        self.write_string(key);
        self.out.push_str(if self.style.layout == Layout::Compact { ":" } else { ": " });
        if let Some(container) = self.containers.last_mut() {
            container.after_key = true;
        }
        Ok(())
    }

    fn end_object(&mut self) -> Result<(), NotWritten> {
        self.close('}');
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the serialisers themselves wrote: Python's json, PHP's `json_encode`, Node's
    /// `JSON.stringify` and Go's `encoding/json`.
    #[test]
    fn writes_as_serialisers_do() {
        let text = r#"{"a":"é/<\"","b":[1.50,[]],"c":{},"d":null}"#;
        for (layout, escapes, expected) in [
            (Layout::Compact, Escapes::None, text),
            (
                Layout::Spaced,
                Escapes::Ascii,
                r#"{"a": "\u00e9/<\"", "b": [1.50, []], "c": {}, "d": null}"#,
            ),
            (
                Layout::Compact,
                Escapes::AsciiAndSlash,
                r#"{"a":"\u00e9\/<\"","b":[1.50,[]],"c":{},"d":null}"#,
            ),
            (
                Layout::Indented("  "),
                Escapes::None,
                "{\n  \"a\": \"é/<\\\"\",\n  \"b\": [\n    1.50,\n    []\n  ],\n  \"c\": {},\n  \"d\": null\n}",
            ),
            (Layout::Compact, Escapes::Html, r#"{"a":"é/\u003c\"","b":[1.50,[]],"c":{},"d":null}"#),
            (
                Layout::Compact,
                Escapes::DotNet,
                r#"{"a":"\u00E9/\u003C\u0022","b":[1.50,[]],"c":{},"d":null}"#,
            ),
        ] {
            let style = Style { layout, escapes };
            assert_eq!(
                write(expected, Style { layout: Layout::Compact, escapes: Escapes::None }, 1000)
                    .as_deref(),
                Ok(text)
            );
            assert_eq!(write(text, style, 1000).as_deref(), Ok(expected));
        }
    }

    #[test]
    fn stops_at_the_limit() {
        let text = format!("{}{}", "[".repeat(128), "]".repeat(128));
        let style = Style { layout: Layout::Indented("    "), escapes: Escapes::None };
        assert_eq!(write(&text, style, 1000), Err(NotWritten));
        assert_eq!(write("{", style, 1000), Err(NotWritten));
    }
}
