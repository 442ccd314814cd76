//! What a command works on: bodies, headers, requests, secrets, moments.

pub(crate) mod request;
pub(crate) mod time;
mod webhook;

pub(crate) use webhook::{provider, scheme, secrets, webhook};

/// A delivery as it came, or as it is to be sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Delivery {
    pub(crate) body: Vec<u8>,
    /// In their order, as they were written, each as often as it was given.
    pub(crate) headers: Vec<(String, Vec<u8>)>,
}

/// A number of things, at least one.
pub(crate) fn count(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(count) if count > 0 => Ok(count),
        _ => Err("a whole number, 1 or more, is expected".to_owned()),
    }
}
