//! The inbox: what the package's Python half runs on the user's connections.

mod claimed;
mod handle;
mod operation;
mod outcome;
mod values;
mod verified;

pub(crate) use claimed::Claimed;
pub(crate) use handle::Inbox;
pub(crate) use operation::Operation;
pub(crate) use verified::Verified;
