//! The inputs of the commands: bodies, headers, requests, secrets.

mod arguments;
mod captured;
mod delivery;
mod exported;
mod har;
mod headers;
mod logged_headers;
pub(crate) mod request;
mod source;
mod url;
mod webhook;

pub(crate) use arguments::{delivery, received, saved};
pub(crate) use delivery::{Delivery, RequestLine, decode};
pub(crate) use headers::{headers, text_headers};
pub(crate) use source::{body, is_standard_input};
pub(crate) use url::with_scheme;
pub(crate) use webhook::{
    DEFAULT_PROVIDER, SECRET_VARIABLE, builder, builder_of, has_secrets, private_key, provider,
    scheme, scheme_or_default, secrets, secrets_in, unchecked_secrets, webhook,
};
