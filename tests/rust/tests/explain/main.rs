//! What `explain` must find, and what it must not.

#![expect(clippy::unwrap_used, reason = "how a test fails")]

mod api;
mod corpus;
