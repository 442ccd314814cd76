//! The error of a call from C. All modules whose functions can fail depend on it.

use std::borrow::Cow;

use hookseal::BodyError;
use hookseal::inbox::InboxError;

use crate::status::{
    self, HOOKSEAL_BODY_TOO_LARGE, HOOKSEAL_INCOMPLETE_BODY, HOOKSEAL_INVALID_ARGUMENT,
    HOOKSEAL_NULL_ARGUMENT, HOOKSEAL_PANIC, hookseal_status,
};

/// An error that says why a call failed. Free it with hookseal_error_free().
pub(crate) struct hookseal_error {
    status: hookseal_status,
    message: Cow<'static, str>,
    /// Seconds after which the sender may come again; 0 if that helps nothing.
    retry_after: u32,
}

impl hookseal_error {
    pub(crate) fn null(argument: &str) -> Self {
        let message = format!("`{argument}` is NULL, which it must not be");
        Self { status: HOOKSEAL_NULL_ARGUMENT, message: message.into(), retry_after: 0 }
    }

    pub(crate) fn invalid(message: String) -> Self {
        Self { status: HOOKSEAL_INVALID_ARGUMENT, message: message.into(), retry_after: 0 }
    }

    pub(crate) fn panic() -> Self {
        let message = "hookseal has a bug, which was contained: please report it";
        Self { status: HOOKSEAL_PANIC, message: message.into(), retry_after: 0 }
    }

    pub(crate) fn status(&self) -> hookseal_status {
        self.status
    }

    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    pub(crate) fn retry_after(&self) -> u32 {
        self.retry_after
    }
}

impl From<BodyError> for hookseal_error {
    fn from(error: BodyError) -> Self {
        let status = match error {
            BodyError::TooLarge => HOOKSEAL_BODY_TOO_LARGE,
            _ => HOOKSEAL_INCOMPLETE_BODY,
        };
        Self { status, message: error.to_string().into(), retry_after: 0 }
    }
}

impl From<hookseal::Error> for hookseal_error {
    fn from(error: hookseal::Error) -> Self {
        let message = error.message().to_owned().into();
        Self { status: status::of(error.code()), message, retry_after: 0 }
    }
}

impl From<InboxError> for hookseal_error {
    fn from(error: InboxError) -> Self {
        let retry_after = error.retry_after().unwrap_or_default();
        match error {
            InboxError::Inbox { code, message, .. } => {
                Self { status: status::of_inbox(code), message, retry_after }
            }
            InboxError::Verification(error) => error.into(),
            other => {
                let message = other.message().to_owned().into();
                Self { status: HOOKSEAL_PANIC, message, retry_after }
            }
        }
    }
}
