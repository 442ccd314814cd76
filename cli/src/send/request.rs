//! A request as it is sent.

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use crate::failure::Failure;

/// The headers and the body of a request.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

/// The headers about a saved request's own connection, which say nothing of the delivery.
const CONNECTION: [&str; 11] = [
    "connection",
    "content-length",
    "expect",
    "host",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

impl Request {
    /// Makes a request with headers as they were received, each as often as it was.
    pub(super) fn new(headers: &[(String, Vec<u8>)], body: Vec<u8>) -> Result<Self, Failure> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            let (name, value) = header(name, value)?;
            if !CONNECTION.contains(&name.as_str()) {
                map.append(name, value);
            }
        }
        Ok(Self { headers: map, body })
    }

    /// Puts a header in the place of any of its name.
    pub(super) fn put(&mut self, name: &str, value: &[u8]) -> Result<(), Failure> {
        let (name, value) = header(name, value)?;
        self.headers.insert(name, value);
        Ok(())
    }
}

fn header(name: &str, value: &[u8]) -> Result<(HeaderName, HeaderValue), Failure> {
    match (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_bytes(value)) {
        (Ok(name), Ok(value)) => Ok((name, value)),
        (Err(_), _) => Err(Failure::input(format!("{name:?} cannot be the name of a header"))),
        (_, Err(_)) => Err(Failure::input(format!(
            "the header `{name}` has a value that HTTP does not allow: it holds control characters"
        ))),
    }
}
