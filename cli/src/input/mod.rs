//! What a command works on: bodies, headers, requests, secrets, moments.

mod delivery;
mod har;
mod headers;
pub(crate) mod request;
mod source;
pub(crate) mod time;
mod webhook;

pub(crate) use delivery::{Delivery, delivery};
pub(crate) use headers::headers;
pub(crate) use source::{body, is_standard_input};
pub(crate) use webhook::{
    builder, other_secrets, provider, provider_named, scheme, secrets, webhook,
};

/// A number of things, at least one.
pub(crate) fn count(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(count) if count > 0 => Ok(count),
        _ => Err("a whole number, 1 or more, is expected".to_owned()),
    }
}
