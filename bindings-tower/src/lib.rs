//! hookseal for tower and axum: deliveries are verified before they reach a handler.
//!
//! A [`WebhookLayer`] reads the raw body up to a limit, undoes its `Content-Encoding`, verifies the
//! delivery and passes the event on as a [`VerifiedEvent`]; with the feature `axum` that is an
//! extractor. A delivery that does not verify is answered with the error's status and
//! `{"error": code}`, and does not reach the handler. With the feature `sqlx`, an [`InboxService`]
//! stores deliveries in place of a handler.
//!
//! ```
//! use axum::Router;
//! use axum::http::StatusCode;
//! use axum::routing::post;
//! use hookseal::{Webhook, kasko};
//! use hookseal_tower::{VerifiedEvent, WebhookLayer};
//!
//! async fn received(event: VerifiedEvent) -> StatusCode {
//!     match event.payload() {
//!         Ok(kasko::Payload::PolicyCreated(policy)) => println!("created: {:?}", policy.policy_id),
//!         Ok(_) => println!("{} is not handled", event.event_type()),
//!         Err(error) => println!("{error}"),
//!     }
//!     StatusCode::NO_CONTENT
//! }
//!
//! let webhook = Webhook::new("kasko", ["whsec_1b6f2ae8d0444a349cc1f4c8"])?;
//! let app: Router =
//!     Router::new().route("/webhooks/kasko", post(received).layer(WebhookLayer::new(webhook)));
//! # Ok::<(), hookseal::Error>(())
//! ```

#![forbid(unsafe_code)]

mod address;
mod answer;
mod event;
#[cfg(feature = "axum")]
mod extract;
#[cfg(feature = "sqlx")]
mod inbox;
mod layer;
mod read;
mod receiver;

pub use event::VerifiedEvent;
#[cfg(feature = "sqlx")]
pub use inbox::InboxService;
pub use layer::{Acknowledge, WebhookLayer, WebhookService};

/// The README, whose blocks the tests compile.
#[cfg(all(doctest, feature = "axum", feature = "sqlx"))]
#[doc = include_str!("../README.md")]
struct Readme;
