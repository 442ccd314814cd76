//! Why a call of C's failed, below everything that can fail.

use std::borrow::Cow;

use crate::status::{
    self, HOOKSEAL_INVALID_ARGUMENT, HOOKSEAL_NULL_ARGUMENT, HOOKSEAL_PANIC, hookseal_status,
};

/// Why a call failed. Free it with hookseal_error_free().
pub(crate) struct hookseal_error {
    status: hookseal_status,
    message: Cow<'static, str>,
}

impl hookseal_error {
    pub(crate) fn null(argument: &str) -> Self {
        let message = format!("`{argument}` is NULL, which it must not be");
        Self { status: HOOKSEAL_NULL_ARGUMENT, message: message.into() }
    }

    pub(crate) fn invalid(message: String) -> Self {
        Self { status: HOOKSEAL_INVALID_ARGUMENT, message: message.into() }
    }

    pub(crate) fn panic() -> Self {
        let message = "hookseal has a bug, which was contained: please report it";
        Self { status: HOOKSEAL_PANIC, message: message.into() }
    }

    pub(crate) fn status(&self) -> hookseal_status {
        self.status
    }

    pub(crate) fn message(&self) -> &str {
        &self.message
    }
}

impl From<hookseal::Error> for hookseal_error {
    fn from(error: hookseal::Error) -> Self {
        Self { status: status::of(error.code()), message: error.message().to_owned().into() }
    }
}
