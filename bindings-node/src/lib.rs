//! The Node binding: conversions between JavaScript's values and the core's, and nothing else.
//!
//! Verifying goes through [`verify`], Node-API's own functions called directly, because it runs once
//! per delivery. Everything else is ordinary napi-rs. What JavaScript is better at, such as walking
//! through an object of headers, is in `lib/*.js`.

mod call;
pub mod event;
pub mod handshake;
pub mod head;
pub mod inbox;
pub mod native;
mod reply;
mod secret;
pub mod slots;
mod text;
mod verify;
