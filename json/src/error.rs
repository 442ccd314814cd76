use core::fmt;

/// An error that says why a text is not JSON, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    problem: Problem,
    offset: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    ByteOrderMark,
    Empty,
    ExpectedValue,
    ExpectedObject,
    ExpectedContainer,
    ExpectedKey,
    ExpectedColon,
    ExpectedCommaOrEnd,
    UnterminatedString,
    ControlCharacter,
    Escape,
    Number,
    TooDeep,
    TooLong,
    TrailingText,
}

impl SyntaxError {
    pub(crate) fn new(problem: Problem, offset: usize) -> Self {
        Self { problem, offset }
    }

    /// Returns `true` if a string has no end, so that the text may have been cut off there.
    #[must_use]
    pub fn is_unterminated(&self) -> bool {
        self.problem == Problem::UnterminatedString
    }

    /// Returns the offset at which the text stops being JSON, in bytes from its beginning.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.offset
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.problem {
            Problem::ByteOrderMark => "it begins with a byte order mark",
            Problem::Empty => "it is empty",
            Problem::ExpectedValue => "a JSON value is expected",
            Problem::ExpectedObject => "a JSON object is expected",
            Problem::ExpectedContainer => "a JSON object or array is expected",
            Problem::ExpectedKey => "a key in double quotes is expected",
            Problem::ExpectedColon => "a colon is expected",
            Problem::ExpectedCommaOrEnd => "a comma or the end of the array or object is expected",
            Problem::UnterminatedString => "a string has no end",
            Problem::ControlCharacter => "a string holds a control character that is not escaped",
            Problem::Escape => "a string holds an escape that JSON does not have",
            Problem::Number => "a number is not written as JSON has it",
            Problem::TooDeep => "arrays and objects nest more than 128 deep",
            Problem::TooLong => "it is longer than 512 MiB",
            Problem::TrailingText => "text follows after the JSON document",
        };
        write!(f, "{what} (at byte {})", self.offset)
    }
}

impl core::error::Error for SyntaxError {}

/// The reason why a [`read`](super::read) ended early: the text, or the visitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop<E> {
    /// The text is not JSON.
    Syntax(SyntaxError),
    /// The visitor returned this error.
    Visitor(E),
}

/// A [`Stop`] whose syntax error the reader keeps.
pub(super) enum Halt<E> {
    Syntax,
    Visitor(E),
}

impl Stop<core::convert::Infallible> {
    /// Returns the syntax error, where the visitor cannot fail.
    #[must_use]
    pub fn into_syntax(self) -> SyntaxError {
        match self {
            Self::Syntax(error) => error,
            Self::Visitor(never) => match never {},
        }
    }
}
