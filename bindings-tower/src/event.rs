//! The event that a handler gets.

use std::ops::Deref;
use std::sync::Arc;

use hookseal::Event;

/// A verified event: an extension of the request, and, with the feature `axum`, an extractor.
///
/// Only a [`WebhookLayer`](crate::WebhookLayer) makes one. It dereferences to the [`Event`], whose
/// `payload()` and `data()` give typed data. Cheap to clone.
#[derive(Clone, Debug)]
pub struct VerifiedEvent(pub(crate) Arc<Event<'static>>);

impl Deref for VerifiedEvent {
    type Target = Event<'static>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}
