//! A load: deliveries at a constant rate, whatever the endpoint does, and what is measured.

mod drive;
mod pace;
mod plan;
mod report;
mod tally;

pub(super) use drive::drive;
pub(super) use plan::Plan;
pub(super) use report::report;
