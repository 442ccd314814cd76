use core::fmt;
use std::borrow::Cow;

use hookseal_json::SyntaxError;

/// A code that says what went wrong. It is the same in every language and never changes its
/// meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorCode {
    /// A header that the scheme needs is absent.
    MissingHeader,
    /// A header is present but not of the scheme's form.
    MalformedHeader,
    /// The signature is well formed, and wrong for every secret.
    SignatureMismatch,
    /// The signed timestamp is too old or too far ahead.
    TimestampOutOfTolerance,
    /// The delivery is authentic, but its body is not the JSON that the scheme says, or has no type.
    InvalidPayload,
    /// No provider has this name.
    UnknownProvider,
    /// A secret cannot be what the provider gave out.
    InvalidSecret,
    /// A scheme is not written as schemes are, or cannot be safe.
    InvalidScheme,
    /// The scheme signs the request's method or address, and the caller gave none.
    MissingRequest,
}

/// The kind of an error: who is at fault, and what to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorCategory {
    /// The delivery cannot be trusted: refuse it.
    Verification,
    /// The delivery is authentic, but not what the scheme says it is.
    Payload,
    /// The receiver's configuration is wrong: no webhook can be built.
    Configuration,
}

impl ErrorCategory {
    /// Returns the name of the category's error class in languages that have classes, without its
    /// ending: `Verification` of `VerificationError`.
    #[must_use]
    pub const fn class_name(self) -> &'static str {
        match self {
            Self::Verification => "Verification",
            Self::Payload => "Payload",
            Self::Configuration => "Configuration",
        }
    }

    /// Returns the HTTP status to respond to the delivery with.
    #[must_use]
    pub const fn http_status(self) -> u16 {
        match self {
            Self::Verification => 401,
            Self::Payload => 400,
            Self::Configuration => 500,
        }
    }
}

impl ErrorCode {
    /// All codes.
    pub const ALL: [Self; 9] = [
        Self::MissingHeader,
        Self::MalformedHeader,
        Self::SignatureMismatch,
        Self::TimestampOutOfTolerance,
        Self::InvalidPayload,
        Self::UnknownProvider,
        Self::InvalidSecret,
        Self::InvalidScheme,
        Self::MissingRequest,
    ];

    /// Returns the code as text, as every language spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MissingHeader => "missing_header",
            Self::MalformedHeader => "malformed_header",
            Self::SignatureMismatch => "signature_mismatch",
            Self::TimestampOutOfTolerance => "timestamp_out_of_tolerance",
            Self::InvalidPayload => "invalid_payload",
            Self::UnknownProvider => "unknown_provider",
            Self::InvalidSecret => "invalid_secret",
            Self::InvalidScheme => "invalid_scheme",
            Self::MissingRequest => "missing_request",
        }
    }

    /// Returns the category that the code belongs to.
    #[must_use]
    pub const fn category(self) -> ErrorCategory {
        match self {
            Self::MissingHeader
            | Self::MalformedHeader
            | Self::SignatureMismatch
            | Self::TimestampOutOfTolerance => ErrorCategory::Verification,
            Self::InvalidPayload => ErrorCategory::Payload,
            Self::UnknownProvider
            | Self::InvalidSecret
            | Self::InvalidScheme
            | Self::MissingRequest => ErrorCategory::Configuration,
        }
    }

    /// Returns the name of the error's class in languages that have classes, without its ending.
    ///
    /// Each code of [`ErrorCategory::Verification`] has a class of its own, such as `MissingHeader`
    /// of `MissingHeaderError`; the others have their category's.
    #[must_use]
    pub const fn class_name(self) -> &'static str {
        match self {
            Self::MissingHeader => "MissingHeader",
            Self::MalformedHeader => "MalformedHeader",
            Self::SignatureMismatch => "SignatureMismatch",
            Self::TimestampOutOfTolerance => "Timestamp",
            _ => self.category().class_name(),
        }
    }

    /// Returns the HTTP status to respond to the delivery with.
    #[must_use]
    pub const fn http_status(self) -> u16 {
        self.category().http_status()
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An error that says why a webhook could not be built or a delivery cannot be trusted.
///
/// The message is for developers and logs: it says what to do, and never holds a secret, a
/// signature or any part of the payload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    code: ErrorCode,
    message: Cow<'static, str>,
    /// How many bytes at the message's end say what to call next.
    advice: usize,
}

impl Error {
    pub(crate) fn new(code: ErrorCode, message: impl Into<Cow<'static, str>>) -> Self {
        Self { code, message: message.into(), advice: 0 }
    }

    /// An error whose message ends by saying what to call next.
    pub(crate) fn with_advice(code: ErrorCode, what: String, advice: &str) -> Self {
        Self { code, message: (what + advice).into(), advice: advice.len() }
    }

    /// Returns the code, which is stable.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        self.code
    }

    /// Returns a message that says what happened and how to fix it.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Returns the message without the call that it ends with, for a report of that call.
    #[must_use]
    pub fn summary(&self) -> &str {
        self.message.get(..self.message.len() - self.advice).unwrap_or(&self.message)
    }

    /// Returns the HTTP status to respond to the delivery with.
    #[must_use]
    pub fn http_status(&self) -> u16 {
        self.code.http_status()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl core::error::Error for Error {}

/// Converts the error of data that was kept as text and is read later.
impl From<SyntaxError> for Error {
    fn from(problem: SyntaxError) -> Self {
        Self::new(ErrorCode::InvalidPayload, format!("the event's data is not JSON: {problem}"))
    }
}
