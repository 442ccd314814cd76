//! The answer to a sender that asks whether the endpoint is the receiver's.
#![allow(
    missing_docs,
    missing_debug_implementations,
    clippy::missing_errors_doc,
    clippy::needless_pass_by_value,
    reason = "public for napi-rs, whose users are in JavaScript"
)]

use napi::bindgen_prelude::{Result, Uint8Array};
use napi_derive::napi;

use crate::head::{HeadParts, pairs};
use crate::native::{Native, refused};

/// An answer to a handshake.
#[napi(object, object_from_js = false)]
pub struct HandshakeFacts {
    pub content_type: &'static str,
    pub body: String,
}

/// Returns the answer to a handshake; nothing for any other request.
#[napi(catch_unwind)]
pub fn handshake(
    native: &Native,
    body: Uint8Array,
    head: HeadParts,
) -> Result<Option<HandshakeFacts>, &'static str> {
    let webhook = &native.0.webhook;
    let answer = if let Some(signature) = &head.signature {
        webhook.handshake(&*body, &head.with(signature))
    } else {
        webhook.handshake(&*body, &head.with(&pairs(&head.headers)))
    };
    let answer = answer.map_err(refused)?;
    Ok(answer.map(|answer| HandshakeFacts {
        content_type: answer.content_type(),
        body: answer.body().to_owned(),
    }))
}
