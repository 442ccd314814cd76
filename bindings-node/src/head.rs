//! What a request has before its body, as the core takes it.
#![allow(
    missing_docs,
    missing_debug_implementations,
    reason = "public for napi-rs, whose users are in JavaScript"
)]

use hookseal::{Headers, RequestHead};
use napi_derive::napi;

/// What a request has before its body.
#[napi(object, object_to_js = false)]
pub struct HeadParts {
    /// Names and values in turn, unless there is only the signature.
    pub headers: Vec<String>,
    pub signature: Option<String>,
    pub method: Option<String>,
    pub url: Option<String>,
}

impl HeadParts {
    /// Returns the headers, converted, with the method and the address.
    pub(crate) fn with<'r, H: Headers + ?Sized>(&'r self, headers: &'r H) -> RequestHead<'r, H> {
        RequestHead::new(headers).method(self.method.as_deref()).url(self.url.as_deref())
    }
}

/// Names and values in turn, as pairs.
pub(crate) fn pairs(alternating: &[String]) -> Vec<(&str, &str)> {
    let (pairs, _) = alternating.as_chunks::<2>();
    pairs.iter().map(|[name, value]| (&**name, &**value)).collect()
}
