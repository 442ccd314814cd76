//! Verify webhook signatures and parse the payloads.
//!
//! A [`Webhook`] holds a provider's scheme and your secrets; [`Webhook::verify`] takes the raw
//! body and the headers of a request, and gives an [`Event`] or an [`Error`]. There is no event
//! without a right signature.
//!
//! ```
//! use hookseal::{Error, Webhook, kasko};
//!
//! fn receive(secret: &str, body: &[u8], headers: &[(&str, &str)]) -> Result<(), Error> {
//!     let webhook = Webhook::new("kasko", [secret])?;
//!     let event = webhook.verify(body, headers)?;
//!     if event.event_type() == "policy.created" {
//!         let policy: kasko::Policy = event.data()?;
//!         println!("{:?} came with {:?}", policy.policy_id, event.id());
//!     }
//!     Ok(())
//! }
//! ```
//!
//! # A receiver
//!
//! Build the webhook once, keep it, and pass it the bytes of the body as they arrived: a body that
//! was parsed and written again is not what was signed. Headers may be an `http::HeaderMap`
//! (feature `http`, on by default), pairs, or a map.
//!
//! ```no_run
//! use std::sync::Arc;
//!
//! use axum::Router;
//! use axum::body::Bytes;
//! use axum::extract::State;
//! use axum::http::{HeaderMap, StatusCode};
//! use axum::routing::post;
//! use hookseal::{Webhook, kasko};
//!
//! async fn receive(
//!     State(webhook): State<Arc<Webhook>>,
//!     headers: HeaderMap,
//!     body: Bytes,
//! ) -> StatusCode {
//!     let event = match webhook.verify(&body, &headers) {
//!         Ok(event) => event,
//!         Err(error) => {
//!             eprintln!("{}: {error}", error.code());
//!             return StatusCode::from_u16(error.http_status()).expect("a status of HTTP");
//!         }
//!     };
//!     match event.payload() {
//!         Ok(kasko::Payload::PolicyCreated(policy)) => println!("created: {:?}", policy.policy_id),
//!         Ok(_) => println!("{} is not handled", event.event_type()),
//!         Err(error) => println!("{error}"),
//!     }
//!     StatusCode::NO_CONTENT
//! }
//!
//! #[tokio::main(flavor = "current_thread")]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let secret = std::env::var("KASKO_SECRET")?;
//!     let webhook = Arc::new(Webhook::new("kasko", [secret])?);
//!     let app = Router::new().route("/webhooks/kasko", post(receive)).with_state(webhook);
//!     let listener = tokio::net::TcpListener::bind("127.0.0.1:8000").await?;
//!     axum::serve(listener, app).await?;
//!     Ok(())
//! }
//! ```
//!
//! # What comes next
//!
//! - **Each event once.** A provider sends an event again until it is answered with success, and
//!   whoever has seen a delivery can send it again: remember [`Event::dedupe_key`].
//! - **What is signed.** [`Event::unsigned`] names the fields that the signature does not cover.
//! - **Rotation.** Give the new and the old secret; [`Event::key_index`] says which one matched.
//! - **Tests.** [`Webhook::sign`] gives the headers that the provider would send.
//! - **Another sender** is described in a few lines: [`Scheme::parse`].
//! - **When every signature fails**, [`Webhook::explain`] finds out why.

#![forbid(unsafe_code)]
#![cfg_attr(
    not(all(feature = "explain", feature = "toml")),
    expect(
        dead_code,
        unused_imports,
        reason = "explaining and compiling ask more of a scheme than verifying"
    )
)]

mod address;
mod authenticated;
mod clock;
#[cfg(feature = "content-encoding")]
mod content_encoding;
mod digits;
mod encoding;
mod enveloped;
mod error;
mod event;
#[cfg(feature = "explain")]
mod explain;
mod handshake;
mod headers;
pub mod inbox;
mod key;
mod mac;
mod message_signature;
mod mismatch;
mod new_secret;
mod pages;
mod payload;
mod payloads;
mod percent;
mod providers;
mod public_key;
mod request;
mod scheme;
mod secret;
mod sign;
mod surface;
mod verify;
mod web_signature;
mod webhook;

#[cfg(feature = "content-encoding")]
pub use content_encoding::{BodyError, decode_body};
pub use error::{Error, ErrorCategory, ErrorCode};
pub use event::Event;
#[cfg(feature = "explain")]
pub use explain::{Finding, FindingCode, Hints, Report};
pub use handshake::HandshakeAnswer;
pub use headers::{HeaderName, Headers, RequestHead};
pub use new_secret::KeyPair;
pub use pages::EXPLAIN_PAGES;
pub use payload::{Payload, PayloadMismatch};
pub use payloads::*;
#[cfg(feature = "catalogue")]
pub use providers::{Catalogue, Delivery, EventType, Sample};
pub use providers::{Evidence, Provider, providers};
pub use scheme::{Field, Scheme, Weakness};
pub use sign::SignOptions;
pub use surface::Surface;
pub use webhook::{Webhook, WebhookBuilder};
