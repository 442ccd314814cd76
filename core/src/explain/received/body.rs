//! The body as a part of a delivery.

use core::cell::OnceCell;
use core::ops::ControlFlow;

use super::super::part::{Change, Offers, Part};
use super::header::Given;
use crate::scheme::Scheme;

/// The body, as bytes.
pub(in crate::explain) struct Body;

impl Part for Body {
    type Received<'c> = ReceivedBody<'c>;
    type Was = Vec<u8>;

    fn size(received: &ReceivedBody<'_>) -> usize {
        received.bytes.len()
    }
}

/// A body as it came, or as something was taken off it.
pub(in crate::explain) struct ReceivedBody<'c> {
    pub(in crate::explain) bytes: &'c [u8],
    pub(in crate::explain) scheme: &'c Scheme,
    headers: &'c Given,
    text: OnceCell<Option<&'c str>>,
    json: OnceCell<Option<&'c str>>,
}

impl<'c> ReceivedBody<'c> {
    pub(in crate::explain) fn new(bytes: &'c [u8], scheme: &'c Scheme, headers: &'c Given) -> Self {
        Self { bytes, scheme, headers, text: OnceCell::new(), json: OnceCell::new() }
    }

    /// The body's text, if it is UTF-8.
    pub(in crate::explain) fn text(&self) -> Option<&'c str> {
        *self.text.get_or_init(|| simdutf8::basic::from_utf8(self.bytes).ok())
    }

    /// The body's text, if it is JSON.
    pub(in crate::explain) fn json(&self) -> Option<&'c str> {
        let is_json = |text: &&str| hookseal_json::validate(text).is_ok();
        *self.json.get_or_init(|| self.text().filter(is_json))
    }

    /// Returns `true` if the scheme's payload is JSON.
    pub(in crate::explain) fn must_be_json(&self) -> bool {
        self.scheme.compiled().payload.is_json()
    }

    /// The value of a header that no scheme names.
    pub(in crate::explain) fn header(&self, name: &str) -> Option<&str> {
        self.headers.value(name)
    }

    /// How many bytes the request says its body has, where that is the body as it is handed on.
    pub(in crate::explain) fn declared_length(&self) -> Option<usize> {
        let is_encoded = self.header("content-encoding").is_some_and(|value| value != "identity");
        self.header("content-length").filter(|_| !is_encoded)?.trim().parse().ok()
    }

    /// Returns `true` if it is as long as the request says, so that what is unusual about it is the
    /// sender's.
    pub(in crate::explain) fn is_as_declared(&self) -> bool {
        self.declared_length() == Some(self.bytes.len())
    }
}

/// Returns `true` if the body is one JSON object, as nearly every sender's is.
pub(in crate::explain) fn is_object(body: &[u8]) -> bool {
    let text = simdutf8::basic::from_utf8(body).unwrap_or_default();
    text.trim_start().starts_with('{') && hookseal_json::validate(text).is_ok()
}

impl Offers<'_, Body> {
    /// Offers what stands inside of the body that came.
    pub(in crate::explain) fn offer_inside(
        &mut self,
        inner: Option<impl Into<Vec<u8>>>,
        what: &str,
        received: &ReceivedBody<'_>,
    ) -> ControlFlow<()> {
        let Some(inner) = inner.map(Into::into) else { return ControlFlow::Continue(()) };
        let (all, inside) = (received.bytes.len(), inner.len());
        let evidence = format!("{what}: {all} bytes came, {inside} are inside");
        self.offer(inner, Change::Wrapped, evidence)
    }
}
