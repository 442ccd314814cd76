use std::borrow::Cow;

use crate::boundary::Pointee;
use crate::status::{
    self, HOOKSEAL_INVALID_ARGUMENT, HOOKSEAL_NULL_ARGUMENT, HOOKSEAL_PANIC, hookseal_status,
};
use crate::strings::hookseal_str;

/// Why a call failed. Free it with hookseal_error_free().
pub(crate) struct hookseal_error {
    status: hookseal_status,
    message: Cow<'static, str>,
}

impl Pointee for hookseal_error {}

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
}

impl From<hookseal::Error> for hookseal_error {
    fn from(error: hookseal::Error) -> Self {
        Self { status: status::of(error.code()), message: error.message().to_owned().into() }
    }
}

ffi_fn! {
    /// The status that the failed call returned; HOOKSEAL_OK for NULL.
    fn hookseal_error_status(error: &hookseal_error) -> hookseal_status {
        error.status
    }
}

ffi_fn! {
    /// The same as a text that every language shares, such as `signature_mismatch`.
    fn hookseal_error_code(error: &hookseal_error) -> hookseal_str<'static> {
        status::text(error.status).map(hookseal_str::from).unwrap_or_default()
    }
}

ffi_fn! {
    /// What happened and how to mend it, for logs. It never holds a secret, a signature or any part
    /// of the payload. It lives as long as the error.
    fn hookseal_error_message<'e>(error: &'e hookseal_error) -> hookseal_str<'e> {
        error.message.as_ref().into()
    }
}

ffi_fn! {
    /// The HTTP status to answer the delivery with.
    fn hookseal_error_http_status(error: &hookseal_error) -> i32 {
        status::http(error.status)
    }
}

ffi_fn! {
    /// Frees an error; NULL is allowed.
    fn hookseal_error_free(error: Option<Box<hookseal_error>>) {
        drop(error);
    }
}
