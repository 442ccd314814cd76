//! HTTP on this machine, for the commands that show a page: who may see it, and how connections are
//! served.

mod form;
mod guard;
mod page;
mod policy;
mod port;
mod stop;
mod write_limit;

pub(crate) use form::pairs;
pub(crate) use guard::{Guard, Notices};
pub(crate) use page::Page;
pub(crate) use port::Port;
pub(crate) use stop::{Stop, signal};
