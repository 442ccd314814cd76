use core::convert::Infallible;

use super::{RawNumber, RawString};

/// A receiver of the tokens of a JSON text, in document order. Each method does nothing unless it
/// is implemented.
///
/// Between `begin_object` and `end_object` each [`key`](Self::key) is followed by one value. An
/// error ends the reading at once and is returned to the caller.
#[expect(clippy::missing_errors_doc, reason = "each error is the visitor's own")]
pub trait Visitor<'a> {
    /// The error that a method may return; [`Infallible`] if none can fail.
    type Error;

    /// Receives `null`.
    fn null(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }

    /// Receives `true` or `false`.
    fn boolean(&mut self, _value: bool) -> Result<(), Self::Error> {
        Ok(())
    }

    /// Receives a number.
    fn number(&mut self, _number: RawNumber<'a>) -> Result<(), Self::Error> {
        Ok(())
    }

    /// Receives a string that is a value.
    fn string(&mut self, _string: RawString<'a>) -> Result<(), Self::Error> {
        Ok(())
    }

    /// Receives the start of an array, `[`.
    fn begin_array(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }

    /// Receives the end of an array, `]`.
    fn end_array(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }

    /// Receives the start of an object, `{`.
    fn begin_object(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }

    /// Receives a key; duplicates are reported as often as they occur.
    fn key(&mut self, _key: RawString<'a>) -> Result<(), Self::Error> {
        Ok(())
    }

    /// Receives the end of an object, `}`.
    fn end_object(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }
}

/// A visitor of one value in a text that is validated as a whole: see
/// [`Selector::select`](crate::Selector::select).
pub trait DataVisitor: for<'a> Visitor<'a, Error = Infallible> {
    /// Announces the value, which is a part of the JSON text `text`.
    fn begin(&mut self, _text: &str) {}

    /// Discards what was reported so far: the text has the value a second time, and the last one
    /// counts.
    fn forget(&mut self) {}
}

/// A visitor that ignores every token.
#[derive(Clone, Copy, Debug)]
pub struct Ignore;

impl DataVisitor for Ignore {}

impl Visitor<'_> for Ignore {
    type Error = Infallible;
}
