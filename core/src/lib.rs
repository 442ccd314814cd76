//! Verify webhook signatures and parse what they carry.
//!
//! A [`Webhook`] holds a provider's scheme and your secrets; [`Webhook::verify`] takes the raw
//! body and the headers of a request, and gives an [`Event`] or an [`Error`]. There is no event
//! without a right signature.
//!
//! ```
//! # fn receive(secret: &str, body: &[u8], headers: &[(&str, &str)]) -> Result<(), hookseal::Error> {
//! let webhook = hookseal::Webhook::new("kasko", [secret])?;
//! let event = webhook.verify(body, headers)?;
//! if event.event_type() == "policy.created" {
//!     let policy: hookseal::kasko::Policy = event.data()?;
//! }
//! # Ok(())
//! # }
//! ```

#![forbid(unsafe_code)]

mod authenticated;
mod clock;
mod encoding;
mod error;
mod event;
mod explain;
mod headers;
mod mac;
mod payload;
mod payloads;
mod providers;
mod request;
mod scheme;
mod secret;
mod sign;
mod verify;
mod webhook;

pub use error::{Error, ErrorCategory, ErrorCode};
pub use event::Event;
pub use explain::{Clues, Finding, FindingCode, Report};
pub use headers::{HeaderName, Headers};
pub use payload::{Payload, PayloadMismatch};
pub use payloads::*;
pub use providers::{Catalogue, Delivery, EventType, Provider, Sample, providers};
pub use scheme::{Field, Scheme};
pub use sign::SignOptions;
pub use webhook::{Webhook, WebhookBuilder};
