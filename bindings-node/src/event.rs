//! An event that the inbox gave, before JavaScript holds its parts.
#![allow(
    missing_docs,
    missing_debug_implementations,
    reason = "public for napi-rs, whose users are in JavaScript"
)]

use hookseal::Event;
use napi_derive::napi;

/// An event that an inbox verified.
#[napi]
pub struct NativeEvent(pub(crate) Event<'static>);

impl NativeEvent {
    pub(crate) fn event(&self) -> &Event<'static> {
        &self.0
    }
}
