use std::borrow::Cow;

use hookseal::decode_body;

use crate::boundary::Pointee;
use crate::failure::hookseal_error;
use crate::strings::{hookseal_bytes, hookseal_str};

/// A request's body, decoded as its Content-Encoding says. Free it with hookseal_body_free().
pub(crate) struct hookseal_body(Cow<'static, [u8]>);

impl Pointee for hookseal_body {}

ffi_fn! {
    /// Decodes a body as its Content-Encoding says, for hookseal_webhook_verify(): senders sign the
    /// body before they compress it.
    ///
    /// `content_encoding` is the value of that header. `max_body` is the most bytes that the
    /// decoded body may have, see hookseal_webhook_max_body(); more give HOOKSEAL_BODY_TOO_LARGE. A
    /// body that was cut off or garbled gives HOOKSEAL_INCOMPLETE_BODY.
    ///
    /// `gzip`, `x-gzip`, `deflate`, `br` and `identity` are undone, also several in a row, as in
    /// `gzip, br`. A body with another encoding, and one that is not encoded, stay unchanged. They
    /// are not copied, so `body` must stay valid and unchanged until the result is freed.
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
    /// Returns the bytes of the decoded body, to be verified. They live as long as the handle.
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
