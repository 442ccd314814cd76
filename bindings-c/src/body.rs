use std::borrow::Cow;

use hookseal::decode_body;

use crate::boundary::Pointee;
use crate::failure::hookseal_error;
use crate::strings::{hookseal_bytes, hookseal_str};

/// A request's body without its Content-Encoding. Free it with hookseal_body_free().
pub(crate) struct hookseal_body(Cow<'static, [u8]>);

impl Pointee for hookseal_body {}

ffi_fn! {
    /// Undoes what the header Content-Encoding, whose value is `content_encoding`, says was done to a
    /// body, for hookseal_webhook_verify(): a sender signs the body before it is compressed.
    ///
    /// `gzip`, `x-gzip`, `deflate`, `br` and `identity` are undone, also several after each other, as
    /// in `gzip, br`. A body with another encoding stays as it came, as does one that is not encoded
    /// at all; it is not copied then, so `body` must stay as it is until the result is freed.
    ///
    /// More than `max_body` bytes give HOOKSEAL_BODY_TOO_LARGE, see hookseal_webhook_max_body(); a
    /// body that was cut or garbled gives HOOKSEAL_INCOMPLETE_BODY.
    fn hookseal_body_decode(
        body[body_len]: &'static [u8],
        content_encoding: hookseal_str<'_>,
        max_body: usize,
    ) -> out decoded: hookseal_body {
        // No encoding is called anything that is not ASCII.
        let encoding = core::str::from_utf8(content_encoding.bytes()).unwrap_or("unknown");
        let decoded = decode_body(body, encoding, max_body).map_err(hookseal_error::from)?;
        Ok(hookseal_body(decoded))
    }
}

ffi_fn! {
    /// The body to verify.
    fn hookseal_body_bytes<'b>(body: &'b hookseal_body) -> hookseal_bytes<'b> {
        body.0.as_ref().into()
    }
}

ffi_fn! {
    /// Frees a body; NULL is allowed.
    fn hookseal_body_free(body: Option<Box<hookseal_body>>) {
        drop(body);
    }
}
