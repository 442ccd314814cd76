use core::convert::Infallible;

use super::{RawNumber, RawString};

/// Receives the tokens of a JSON text in document order.
///
/// Between `begin_object` and `end_object` each [`key`](Self::key) is followed by one value. An
/// error ends the reading at once and is handed back to the caller.
pub trait Visitor<'a> {
    /// What the visitor may fail with; [`Infallible`] if it cannot.
    type Error;

    /// `null`.
    #[expect(clippy::missing_errors_doc, reason = "the visitor's own error")]
    fn null(&mut self) -> Result<(), Self::Error>;
    /// `true` or `false`.
    #[expect(clippy::missing_errors_doc, reason = "the visitor's own error")]
    fn boolean(&mut self, value: bool) -> Result<(), Self::Error>;
    /// A number, as it is written.
    #[expect(clippy::missing_errors_doc, reason = "the visitor's own error")]
    fn number(&mut self, number: RawNumber<'a>) -> Result<(), Self::Error>;
    /// A string that is a value.
    #[expect(clippy::missing_errors_doc, reason = "the visitor's own error")]
    fn string(&mut self, string: RawString<'a>) -> Result<(), Self::Error>;
    /// `[`.
    #[expect(clippy::missing_errors_doc, reason = "the visitor's own error")]
    fn begin_array(&mut self) -> Result<(), Self::Error>;
    /// `]`.
    #[expect(clippy::missing_errors_doc, reason = "the visitor's own error")]
    fn end_array(&mut self) -> Result<(), Self::Error>;
    /// `{`.
    #[expect(clippy::missing_errors_doc, reason = "the visitor's own error")]
    fn begin_object(&mut self) -> Result<(), Self::Error>;
    /// A key; duplicates are reported as often as they occur.
    #[expect(clippy::missing_errors_doc, reason = "the visitor's own error")]
    fn key(&mut self, key: RawString<'a>) -> Result<(), Self::Error>;
    /// `}`.
    #[expect(clippy::missing_errors_doc, reason = "the visitor's own error")]
    fn end_object(&mut self) -> Result<(), Self::Error>;
}

/// Receives an event's data while the body around it is validated: see
/// [`Webhook::verify_visiting`](crate::Webhook::verify_visiting).
pub trait DataVisitor: for<'a> Visitor<'a, Error = Infallible> {
    /// The data comes next; it is a part of the JSON text `text`.
    fn begin(&mut self, text: &str);

    /// What came so far is not the data: the body has it a second time, and then the last counts.
    fn forget(&mut self);
}

/// Validates and keeps nothing.
pub(crate) struct Ignore;

impl DataVisitor for Ignore {
    fn begin(&mut self, _: &str) {}
    fn forget(&mut self) {}
}

impl Visitor<'_> for Ignore {
    type Error = Infallible;

    fn null(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
    fn boolean(&mut self, _: bool) -> Result<(), Infallible> {
        Ok(())
    }
    fn number(&mut self, _: RawNumber<'_>) -> Result<(), Infallible> {
        Ok(())
    }
    fn string(&mut self, _: RawString<'_>) -> Result<(), Infallible> {
        Ok(())
    }
    fn begin_array(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
    fn end_array(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
    fn begin_object(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
    fn key(&mut self, _: RawString<'_>) -> Result<(), Infallible> {
        Ok(())
    }
    fn end_object(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
}
