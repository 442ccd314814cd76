use std::borrow::Cow;

/// A JSON string as it is written: validated, without its quotes, with its escapes not yet decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RawString<'a> {
    text: &'a str,
    start: usize,
    end: usize,
    escaped: bool,
}

impl<'a> RawString<'a> {
    #[inline]
    pub(super) fn new(text: &'a str, start: usize, end: usize, escaped: bool) -> Self {
        Self { text, start, end, escaped }
    }

    /// Returns the string of a literal with its quotes, `None` if it is not in quotes.
    ///
    /// The content between the quotes must be valid, as a [`Selector`](crate::Selector) or visitor
    /// returns it.
    #[must_use]
    pub fn from_literal(literal: &'a str) -> Option<Self> {
        let inner = literal.strip_prefix('"')?.strip_suffix('"')?;
        Some(Self::new(inner, 0, inner.len(), inner.contains('\\')))
    }

    /// Returns the characters between the quotes, escapes not decoded.
    #[inline]
    #[must_use]
    pub fn as_raw_str(&self) -> &'a str {
        &self.text[self.start..self.end]
    }

    /// Returns the bytes between the quotes, which costs less than
    /// [`as_raw_str`](Self::as_raw_str).
    #[inline]
    #[must_use]
    pub fn as_raw_bytes(&self) -> &'a [u8] {
        &self.text.as_bytes()[self.start..self.end]
    }

    /// Returns `true` if the string has any escape; if not, [`as_raw_str`](Self::as_raw_str) is its
    /// value.
    #[inline]
    #[must_use]
    pub fn is_escaped(&self) -> bool {
        self.escaped
    }

    /// Returns the value of the string, with lone surrogates decoded as U+FFFD; borrowed if nothing
    /// is escaped.
    #[must_use]
    pub fn decode(&self) -> Cow<'a, str> {
        if !self.escaped {
            return Cow::Borrowed(self.as_raw_str());
        }
        let mut decoded = String::with_capacity(self.end - self.start);
        self.decode_into(&mut decoded);
        Cow::Owned(decoded)
    }

    /// Appends the value of the string to `decoded`; see [`decode`](Self::decode). It is never
    /// longer than [`as_raw_str`](Self::as_raw_str).
    pub fn decode_into(&self, decoded: &mut String) {
        for piece in self.pieces() {
            match piece {
                Piece::Literal(text) => decoded.push_str(text),
                Piece::Char(char) => decoded.push(char),
                Piece::LoneSurrogate(_) => decoded.push(char::REPLACEMENT_CHARACTER),
            }
        }
    }

    /// Returns an iterator over the string's pieces, with escapes decoded.
    #[must_use]
    pub fn pieces(&self) -> Pieces<'a> {
        Pieces { rest: self.as_raw_str() }
    }
}

/// A piece of a string: text that stands for itself, or one escape.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text without escapes.
    Literal(&'a str),
    /// The character that an escape, or a pair of them, stands for.
    Char(char),
    /// An escape that is one half of a surrogate pair, and stands for no character.
    LoneSurrogate(u16),
}

/// An iterator over the pieces of a [`RawString`]; see [`RawString::pieces`].
#[derive(Clone, Debug)]
pub struct Pieces<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        let literal_end = self.rest.find('\\').unwrap_or(self.rest.len());
        if literal_end > 0 {
            let (literal, rest) = self.rest.split_at(literal_end);
            self.rest = rest;
            return Some(Piece::Literal(literal));
        }
        let escape = Escape::at(self.rest.as_bytes(), 0)?;
        self.rest = &self.rest[escape.len..];
        Some(match escape.meaning {
            Meaning::Char(char) => Piece::Char(char),
            Meaning::LoneSurrogate(unit) => Piece::LoneSurrogate(unit),
        })
    }
}

/// One escape, or the two that a surrogate pair is written with.
pub(super) struct Escape {
    pub(super) len: usize,
    pub(super) meaning: Meaning,
}

pub(super) enum Meaning {
    Char(char),
    LoneSurrogate(u16),
}

impl Escape {
    /// The escape whose backslash stands at `pos`, `None` if JSON has none like it.
    pub(super) fn at(bytes: &[u8], pos: usize) -> Option<Self> {
        let simple = |char| Some(Self { len: 2, meaning: Meaning::Char(char) });
        match bytes.get(pos + 1) {
            Some(b'"') => simple('"'),
            Some(b'\\') => simple('\\'),
            Some(b'/') => simple('/'),
            Some(b'b') => simple('\u{8}'),
            Some(b'f') => simple('\u{c}'),
            Some(b'n') => simple('\n'),
            Some(b'r') => simple('\r'),
            Some(b't') => simple('\t'),
            Some(b'u') => Self::unicode(bytes, pos),
            _ => None,
        }
    }

    fn unicode(bytes: &[u8], pos: usize) -> Option<Self> {
        let first = code_unit(bytes, pos)?;
        if let Some(char) = char::from_u32(u32::from(first)) {
            return Some(Self { len: 6, meaning: Meaning::Char(char) });
        }
        let pair = code_unit(bytes, pos + 6)
            .and_then(|second| char::decode_utf16([first, second]).next()?.ok());
        Some(match pair {
            Some(char) => Self { len: 12, meaning: Meaning::Char(char) },
            None => Self { len: 6, meaning: Meaning::LoneSurrogate(first) },
        })
    }
}

/// The UTF-16 code unit that `\uXXXX` at `pos` writes.
fn code_unit(bytes: &[u8], pos: usize) -> Option<u16> {
    let hex = bytes.get(pos..pos + 6)?.strip_prefix(b"\\u")?;
    let mut unit = 0_u16;
    for &digit in hex {
        let value = char::from(digit).to_digit(16)?;
        unit = unit << 4 | u16::try_from(value).ok()?;
    }
    Some(unit)
}

/// Replaces each lone surrogate escape of a valid JSON text by `\ufffd`, which is as long.
#[must_use]
pub fn replace_lone_surrogates(json: &str) -> String {
    let mut replaced = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(backslash) = rest.find('\\') {
        let (before, from_escape) = rest.split_at(backslash);
        replaced.push_str(before);
        let Some(escape) = Escape::at(from_escape.as_bytes(), 0) else { break };
        let (escaped, after) = from_escape.split_at(escape.len);
        replaced.push_str(match escape.meaning {
            Meaning::Char(_) => escaped,
            Meaning::LoneSurrogate(_) => "\\ufffd",
        });
        rest = after;
    }
    replaced.push_str(rest);
    replaced
}
