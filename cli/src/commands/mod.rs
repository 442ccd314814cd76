//! The commands that need no HTTP.

mod again;
pub(crate) mod completions;
pub(crate) mod explain;
pub(crate) mod inbox;
pub(crate) mod man;
pub(crate) mod providers;
pub(crate) mod secret;
pub(crate) mod sign;
pub(crate) mod verify;
