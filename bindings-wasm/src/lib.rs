//! The WebAssembly module: plain functions that any host can call, whatever its language.
//!
//! The host writes what it passes into memory of [`hookseal_alloc`]'s, in the form that [`message`]
//! describes, and finds what a call gives at [`hookseal_result`]. The module imports nothing: the host
//! gives the time with each call that needs it. A call that traps leaves the instance unusable: the
//! host makes a new one, and builds its webhooks again.

mod memory;
mod message;
mod state;
mod verify;
mod webhook;

pub use memory::{hookseal_alloc, hookseal_free};
pub use state::{hookseal_release, hookseal_result, hookseal_result_len};
pub use verify::{hookseal_numbers, hookseal_verify};
#[cfg(feature = "content-encoding")]
pub use webhook::hookseal_decode;
#[cfg(feature = "explain")]
pub use webhook::hookseal_explain;
#[cfg(feature = "schemes")]
pub use webhook::hookseal_scheme_parse;
pub use webhook::{
    hookseal_dedupe_key, hookseal_errors, hookseal_facts, hookseal_handshake, hookseal_place_of,
    hookseal_providers, hookseal_scheme_facts, hookseal_scheme_of, hookseal_scheme_provider,
    hookseal_sign, hookseal_webhook,
};
