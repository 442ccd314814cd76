//! An iterator over the tokens of a JSON text, for code that changes its layout.

use super::number::scan_number;
use super::scan::Cursor;
use super::string::Escape;

/// A JSON token as it is written: a bracket, a comma, a colon or a scalar, without the white space
/// around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// The kind of the token.
    pub kind: TokenKind,
    /// The token's text; of a string with its quotes.
    pub text: &'a str,
    /// The offset of the token in the whole text, in bytes.
    pub start: usize,
}

/// The kind of a [`Token`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// `{`.
    BeginObject,
    /// `}`.
    EndObject,
    /// `[`.
    BeginArray,
    /// `]`.
    EndArray,
    /// `:`.
    Colon,
    /// `,`.
    Comma,
    /// A string: a value or a key.
    String,
    /// A number.
    Number,
    /// `true`, `false` or `null`.
    Word,
}

/// Returns an iterator over the tokens of `text`, whose order it does not check:
/// [`validate`](crate::validate) does.
///
/// It ends at the end of the text, or at anything that is not a token.
#[must_use]
pub fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, cursor: Cursor::new(text.as_bytes()) }
}

/// An iterator over the tokens of a JSON text; see [`tokens`].
#[derive(Clone)]
pub struct Tokens<'a> {
    text: &'a str,
    cursor: Cursor<'a>,
}

impl core::fmt::Debug for Tokens<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Tokens").field("position", &self.cursor.pos).finish_non_exhaustive()
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let first = self.cursor.token();
        let start = self.cursor.pos;
        let kind = match first {
            b'{' => TokenKind::BeginObject,
            b'}' => TokenKind::EndObject,
            b'[' => TokenKind::BeginArray,
            b']' => TokenKind::EndArray,
            b':' => TokenKind::Colon,
            b',' => TokenKind::Comma,
            b'"' => {
                self.cursor.find_quote();
                self.pass_string()?;
                return Some(self.token(TokenKind::String, start));
            }
            b'-' | b'0'..=b'9' => {
                self.cursor.pos = scan_number(self.cursor.bytes(), start).ok()?.0;
                return Some(self.token(TokenKind::Number, start));
            }
            _ => {
                let words: [&[u8]; 3] = [b"true", b"false", b"null"];
                words.iter().any(|word| self.cursor.pass(word)).then_some(())?;
                return Some(self.token(TokenKind::Word, start));
            }
        };
        self.cursor.pos += 1;
        Some(self.token(kind, start))
    }
}

impl<'a> Tokens<'a> {
    fn token(&self, kind: TokenKind, start: usize) -> Token<'a> {
        Token { kind, text: &self.text[start..self.cursor.pos], start }
    }

    fn pass_string(&mut self) -> Option<()> {
        if self.cursor.pass_plain_string() {
            return Some(());
        }
        loop {
            match self.cursor.bytes().get(self.cursor.pos)? {
                b'"' => {
                    self.cursor.pos += 1;
                    return Some(());
                }
                b'\\' => {
                    self.cursor.pos += Escape::at(self.cursor.bytes(), self.cursor.pos)?.len;
                    self.cursor.find_special();
                }
                _ => return None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(json: &str) -> Vec<&str> {
        tokens(json).map(|token| token.text).collect()
    }

    #[test]
    fn tokens_stay_as_they_are_written() {
        let json = r#" {"a" :[1.0,-1E+4, "x\"]\\\u00e9"],"b":{}, "é":[true,null , false]} "#;
        let expected = [
            "{",
            "\"a\"",
            ":",
            "[",
            "1.0",
            ",",
            "-1E+4",
            ",",
            r#""x\"]\\\u00e9""#,
            "]",
            ",",
            "\"b\"",
            ":",
            "{",
            "}",
            ",",
            "\"é\"",
            ":",
            "[",
            "true",
            ",",
            "null",
            ",",
            "false",
            "]",
            "}",
        ];
        assert_eq!(texts(json), expected);
        assert!(tokens(json).all(|token| json[token.start..].starts_with(token.text)));
    }

    #[test]
    fn iteration_ends_where_no_token_begins() {
        assert_eq!(texts("[1, tru"), ["[", "1", ","]);
        assert_eq!(texts("[\"a"), ["["]);
        assert_eq!(texts(r#"["\x"]"#), ["["]);
        assert_eq!(texts("[1.]"), ["["]);
        assert_eq!(texts(""), [""; 0]);
    }
}
