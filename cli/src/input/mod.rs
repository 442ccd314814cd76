//! The inputs of the commands: bodies, headers, requests, secrets.

mod arguments;
mod delivery;
mod har;
mod headers;
mod logged_headers;
pub(crate) mod request;
mod source;
mod webhook;

pub(crate) use arguments::{delivery, received};
pub(crate) use delivery::{Delivery, RequestLine, decode};
pub(crate) use headers::{headers, text_headers};
pub(crate) use source::{body, is_standard_input};
pub(crate) use webhook::{
    builder, builder_of, private_key, provider, scheme, secrets, secrets_in, unchecked_secrets,
    webhook,
};
