//! Forgeries: deliveries that an endpoint must refuse.

mod check;
mod kinds;
mod report;
mod signature;

pub(super) use check::check;
pub(super) use report::report;
