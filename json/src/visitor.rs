use core::convert::Infallible;

use super::{RawNumber, RawString};

/// Receives the tokens of a JSON text in document order. What a visitor does not implement, it
/// passes over.
///
/// Between `begin_object` and `end_object` each [`key`](Self::key) is followed by one value. An
/// error ends the reading at once and is handed back to the caller.
#[expect(clippy::missing_errors_doc, reason = "each error is the visitor's own")]
pub trait Visitor<'a> {
    /// What the visitor may fail with; [`Infallible`] if it cannot.
    type Error;

    /// `null`.
    fn null(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }

    /// `true` or `false`.
    fn boolean(&mut self, _value: bool) -> Result<(), Self::Error> {
        Ok(())
    }

    /// A number, as it is written.
    fn number(&mut self, _number: RawNumber<'a>) -> Result<(), Self::Error> {
        Ok(())
    }

    /// A string that is a value.
    fn string(&mut self, _string: RawString<'a>) -> Result<(), Self::Error> {
        Ok(())
    }

    /// `[`.
    fn begin_array(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }

    /// `]`.
    fn end_array(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }

    /// `{`.
    fn begin_object(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }

    /// A key; duplicates are reported as often as they occur.
    fn key(&mut self, _key: RawString<'a>) -> Result<(), Self::Error> {
        Ok(())
    }

    /// `}`.
    fn end_object(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }
}

/// Receives one value of a text while the text around it is validated: see
/// [`Selector::select`](crate::Selector::select).
pub trait DataVisitor: for<'a> Visitor<'a, Error = Infallible> {
    /// The value comes next; it is a part of the JSON text `text`.
    fn begin(&mut self, _text: &str) {}

    /// What came so far is not the value: the text has it a second time, and then the last counts.
    fn forget(&mut self) {}
}

/// Validates and keeps nothing.
#[derive(Clone, Copy, Debug)]
pub struct Ignore;

impl DataVisitor for Ignore {}

impl Visitor<'_> for Ignore {
    type Error = Infallible;
}
