//! The errors of what is there, and not as the scheme says.

use crate::clock::TimestampUnit;
use crate::headers::HeaderName;
use crate::scheme::{Compiled, SignatureForm};
use crate::{Error, ErrorCode};

/// A header's value as text: HTTP's visible characters, spaces and tabs.
pub(crate) fn text<'h>(name: &HeaderName, value: &'h [u8]) -> Result<&'h str, Error> {
    // Without an early end, so that it is done many bytes at a time.
    let allowed = |byte: &u8| matches!(byte, b' '..=b'~' | b'\t');
    let allowed = value.iter().fold(true, |all, byte| all & allowed(byte));
    match core::str::from_utf8(value) {
        Ok(text) if allowed => Ok(text),
        _ => Err(malformed(name, "holds characters that are not ASCII")),
    }
}

/// Returns the error of a header that has several values.
pub(crate) fn joined(name: &HeaderName) -> Error {
    malformed(
        name,
        "holds several values that differ, joined by a comma: which one counts cannot be known, so \
         something between the sender and here has added one",
    )
}

/// Returns the error of a signed timestamp that is not what this form needs.
pub(crate) fn malformed_timestamp(
    scheme: &Compiled,
    form: &SignatureForm,
    unit: TimestampUnit,
) -> Error {
    let digits = match form.borders.timestamp_digits {
        Some(digits) => format!(", {digits} of them, for the sake of what stands beside it"),
        None => String::new(),
    };
    Error::new(
        ErrorCode::MalformedHeader,
        format!("the timestamp that {} signs must be {}{digits}", scheme.title, unit.description()),
    )
}

pub(crate) fn malformed(name: &HeaderName, what: &str) -> Error {
    Error::new(ErrorCode::MalformedHeader, format!("the header `{}` {what}", name.as_str()))
}
