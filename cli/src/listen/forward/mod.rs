//! Passes requests on as they came.

mod connector;
mod hops;
mod target;
mod tls;

pub(super) use hops::has_been_here;
pub(super) use target::Forward;
