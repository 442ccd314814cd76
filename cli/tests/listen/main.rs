//! `hookseal listen`, asked by curl and by hand, with targets of its own.

#![expect(clippy::panic, clippy::unwrap_used, reason = "how a test fails")]

mod answers;
mod forward;
mod guard;
mod kit;
mod limits;
mod loops;
mod output;
mod page;
mod readers;
mod relay;
mod replay;
mod save;
mod send;
mod set_up;
mod stop;
#[path = "../support/mod.rs"]
mod support;
mod target;
