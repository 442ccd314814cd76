//! A request's method and address, which few schemes sign.

use hookseal::{Headers, RequestHead};
use pyo3::prelude::*;

use crate::argument;

/// A request's method and address, as far as they are given.
pub(crate) struct RequestLine {
    pub(crate) method: Option<String>,
    pub(crate) url: Option<String>,
}

impl RequestLine {
    #[inline]
    pub(crate) fn read(
        method: Option<&Bound<'_, PyAny>>,
        url: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        Ok(Self {
            method: argument::optional_text(method, "method")?,
            url: argument::optional_text(url, "url")?,
        })
    }

    /// Returns the request's head, with these headers.
    #[inline]
    pub(crate) fn head<'r, H: Headers>(&'r self, headers: &'r H) -> RequestHead<'r, H> {
        RequestHead::new(headers).method(self.method.as_deref()).url(self.url.as_deref())
    }
}
