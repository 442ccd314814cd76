//! A delivery: headers and a body.

use std::borrow::Cow;

use hookseal::{BodyError, Headers, RequestHead};

use crate::failure::Failure;

/// The largest body that a compressed one is inflated to, in bytes: more than any provider sends.
const LARGEST: usize = 64 << 20;

/// Names and values of headers, each as it is written.
pub(crate) type HeaderList = Vec<(String, Vec<u8>)>;

/// A delivery as it came, or as it is to be sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Delivery {
    pub(crate) body: Vec<u8>,
    /// In their order, as they were written, each as often as it was given.
    pub(crate) headers: HeaderList,
}

/// A request's method and address, as far as they are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RequestLine {
    pub(crate) method: Option<String>,
    /// The whole address, or its path and query.
    pub(crate) url: Option<String>,
}

impl RequestLine {
    pub(crate) fn new(method: &str, url: &str) -> Self {
        Self { method: Some(method.to_owned()), url: Some(url.to_owned()) }
    }

    /// Gives the request's head, with these headers.
    pub(crate) fn head<'r, H: Headers + ?Sized>(&'r self, headers: &'r H) -> RequestHead<'r, H> {
        RequestHead::new(headers).method(self.method.as_deref()).url(self.url.as_deref())
    }
}

impl Delivery {
    /// Undoes its `Content-Encoding`, as a receiver does before it verifies.
    pub(crate) fn decoded(mut self) -> Result<Self, Failure> {
        let body = decode(&self.headers, &self.body, LARGEST)
            .map_err(|error| Failure::input(error.to_string()))?;
        if let Some(body) = body {
            self.body = body;
            self.headers.retain(|(name, _)| !is_content_encoding(name));
        }
        Ok(self)
    }
}

/// Undoes the `Content-Encoding` of a body, `None` if it has none.
pub(crate) fn decode(
    headers: &[(String, Vec<u8>)],
    body: &[u8],
    largest: usize,
) -> Result<Option<Vec<u8>>, BodyError> {
    let encodings = headers.iter().filter(|(name, _)| is_content_encoding(name));
    let encodings: Vec<_> =
        encodings.map(|(_, value)| String::from_utf8_lossy(value).into_owned()).collect();
    match hookseal::decode_body(body, &encodings.join(","), largest)? {
        Cow::Borrowed(_) => Ok(None),
        Cow::Owned(decoded) => Ok(Some(decoded)),
    }
}

fn is_content_encoding(name: &str) -> bool {
    name.eq_ignore_ascii_case("content-encoding")
}
