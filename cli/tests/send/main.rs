//! `hookseal send`: the real binary delivers over real connections to endpoints of known behaviour,
//! and the core says what arrived.

#![expect(clippy::panic, clippy::unwrap_used, reason = "how a test fails")]

mod answers;
mod deliver;
mod endpoint;
mod forge;
mod load;
mod readme;
mod retries;
mod saved;
#[path = "../support/mod.rs"]
mod support;
mod tls;

/// Runs the binary with these arguments.
fn run(arguments: &str) -> support::Ran {
    support::hookseal(arguments.split_whitespace()).output().unwrap().into()
}
