//! Errors and statuses, as C reads them.

use hookseal::inbox::InboxError;

use crate::boundary::Pointee;
use crate::failure::hookseal_error;
use crate::status::{self, hookseal_status};
use crate::strings::hookseal_str;

impl Pointee for hookseal_error {}

ffi_fn! {
    /// Returns the code of a status, such as `signature_mismatch`, which is the same in every
    /// language; none if the number is no status.
    fn hookseal_status_code(status: hookseal_status) -> hookseal_str<'static> {
        status::text(status).map(hookseal_str::from).unwrap_or_default()
    }
}

ffi_fn! {
    /// Returns the HTTP status to respond to the delivery with: 200 for HOOKSEAL_OK, 500 where the
    /// delivery is not at fault.
    fn hookseal_status_http(status: hookseal_status) -> i32 {
        status::http(status)
    }
}

ffi_fn! {
    /// Returns the status that the failed call returned; HOOKSEAL_OK for NULL.
    fn hookseal_error_status(error: &hookseal_error) -> hookseal_status {
        error.status()
    }
}

ffi_fn! {
    /// Returns the error's code, such as `signature_mismatch`, which is the same in every language.
    fn hookseal_error_code(error: &hookseal_error) -> hookseal_str<'static> {
        status::text(error.status()).map(hookseal_str::from).unwrap_or_default()
    }
}

ffi_fn! {
    /// Returns a message that says what happened and how to fix it, for logs. It contains no
    /// secret, no signature and no part of the payload. It lives as long as the error.
    fn hookseal_error_message<'e>(error: &'e hookseal_error) -> hookseal_str<'e> {
        error.message().into()
    }
}

ffi_fn! {
    /// Returns the HTTP status to respond to the delivery with.
    fn hookseal_error_http_status(error: &hookseal_error) -> i32 {
        status::http(error.status())
    }
}

ffi_fn! {
    /// Returns the seconds to respond with in `Retry-After`, where the same may succeed later; 0 where
    /// it will not.
    fn hookseal_error_retry_after(error: &hookseal_error) -> u32 {
        error.retry_after()
    }
}

ffi_fn! {
    /// Makes the error for a database that gives no connection, which only your program can tell: its
    /// status is HOOKSEAL_UNAVAILABLE. Free it with hookseal_error_free().
    fn hookseal_error_unreachable() -> Option<Box<hookseal_error>> {
        Some(Box::new(InboxError::unreachable().into()))
    }
}

ffi_fn! {
    /// Frees an error; NULL is allowed.
    fn hookseal_error_free(error: Option<Box<hookseal_error>>) {
        drop(error);
    }
}
