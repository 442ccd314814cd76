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

/// The number of providers whose samples are sent.
const SENDERS: usize = hookseal_tests::FORMS.len() + 1;

/// Those that stand for the ways in which deliveries are signed, and one that writes the time into
/// the body.
fn senders() -> impl Iterator<Item = &'static hookseal::Provider> {
    let is_sent = |name| hookseal_tests::FORMS.contains(&name) || name == "linear";
    hookseal::providers().filter(move |known| is_sent(known.name()))
}

/// Runs the binary with these arguments.
fn run(arguments: &str) -> support::Ran {
    support::hookseal(arguments.split_whitespace()).output().unwrap().into()
}
