//! `hookseal listen`, asked by curl and by hand, with targets of its own.

#![expect(clippy::panic, clippy::unwrap_used, reason = "how a test fails")]

mod answers;
mod forward;
mod kit;
mod limits;
mod output;
mod page;
mod save;
mod send;
mod stop;
#[path = "../support/mod.rs"]
mod support;
mod target;
