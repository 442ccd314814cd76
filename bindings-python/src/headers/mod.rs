//! The headers of a request, as any framework hands them over.

mod all;
mod containers;
mod dict;
mod request;
mod values;
mod wanted;

pub(crate) use all::AllHeaders;
pub(crate) use request::RequestHeaders;
pub(crate) use wanted::Wanted;
