use hookseal::HandshakeAnswer;

use crate::boundary::{Options, Pointee};
use crate::strings::{hookseal_header, hookseal_str};
use crate::webhook::{Pairs, hookseal_verify_options, hookseal_webhook};

/// An answer to a sender that asks whether the endpoint is yours, from
/// hookseal_webhook_handshake(); none for any other request. Free it with
/// hookseal_handshake_free().
pub(crate) struct hookseal_handshake(Option<HandshakeAnswer>);

impl Pointee for hookseal_handshake {}

ffi_fn! {
    /// Makes the answer to a sender that asks whether the endpoint is yours; none, for which
    /// hookseal_handshake_body() is no text, of any other request, which is a delivery.
    ///
    /// Call it before hookseal_webhook_verify(), for every request, also with the method `GET`, if
    /// hookseal_scheme_has_handshake(). `options` need the request's method and address. Respond
    /// with the status 200, the answer and the header `X-Content-Type-Options: nosniff`.
    ///
    /// The status is one of hookseal_webhook_verify()'s if the question is signed, and not by the
    /// sender; HOOKSEAL_SIGNATURE_MISMATCH if its token is wrong; HOOKSEAL_INVALID_PAYLOAD if it
    /// has no challenge that can be answered; HOOKSEAL_INVALID_SCHEME if the webhook was not given
    /// the token as a constant.
    fn hookseal_webhook_handshake(
        webhook: &hookseal_webhook,
        body[body_len]: &[u8],
        headers[headers_len]: &[hookseal_header<'_>],
        options: Options<hookseal_verify_options<'_>>,
    ) -> out answer: hookseal_handshake {
        let Options(options) = options;
        let answer = webhook.0.handshake(body, &options.head(&Pairs(headers))?)?;
        Ok(hookseal_handshake(answer))
    }
}

ffi_fn! {
    /// Returns the body to respond with; no text if the request is a delivery. It lives as long as
    /// the answer.
    fn hookseal_handshake_body<'a>(answer: &'a hookseal_handshake) -> hookseal_str<'a> {
        answer.0.as_ref().map(|answer| answer.body().into()).unwrap_or_default()
    }
}

ffi_fn! {
    /// Returns the value of the header `Content-Type`; no text if the request is a delivery.
    fn hookseal_handshake_content_type(answer: &hookseal_handshake) -> hookseal_str<'static> {
        answer.0.as_ref().map(|answer| answer.content_type().into()).unwrap_or_default()
    }
}

ffi_fn! {
    /// Frees an answer; NULL is allowed.
    fn hookseal_handshake_free(answer: Option<Box<hookseal_handshake>>) {
        drop(answer);
    }
}
