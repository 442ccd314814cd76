//! The C library: the core behind a C ABI. `include/hookseal.h` is its documentation.
//!
//! Every exported function is declared with `ffi_fn!`, which alone deals with raw pointers and
//! panics; what stands in the other modules is safe Rust.

#![allow(non_camel_case_types, reason = "the types are named as C names them")]
#![allow(clippy::doc_markdown, reason = "the documentation is the header's, which is not Markdown")]

#[macro_use]
mod boundary;
mod strings;

mod version;

mod status;

mod error;
mod failure;

mod scheme;

mod webhook;

mod event;

mod body;

mod tokens;

mod handshake;
mod headers;

mod report;

mod value;

mod inbox;

mod operation;

mod step;

mod claimed;

mod verified;

mod requests;

mod text;

/// The header promises that handles may be used by several threads at once.
const _: () = {
    const fn shared<T: Send + Sync>() {}
    shared::<failure::hookseal_error>();
    shared::<body::hookseal_body>();
    shared::<claimed::hookseal_claimed>();
    shared::<event::hookseal_event>();
    shared::<handshake::hookseal_handshake>();
    shared::<headers::hookseal_headers>();
    shared::<inbox::hookseal_inbox>();
    shared::<operation::hookseal_operation>();
    shared::<report::hookseal_report>();
    shared::<scheme::hookseal_scheme>();
    shared::<step::hookseal_step>();
    shared::<text::hookseal_text>();
    shared::<verified::hookseal_verified>();
    shared::<webhook::hookseal_webhook>();
};
