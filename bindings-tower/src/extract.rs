//! The extractor for axum.

use axum::Extension;
use axum::extract::FromRequestParts;
use axum::extract::rejection::ExtensionRejection;
use http::request::Parts;

use crate::event::VerifiedEvent;

/// Takes the event from the request. Without a [`WebhookLayer`](crate::WebhookLayer) around the
/// handler there is none, and the answer is 500.
impl<S: Send + Sync> FromRequestParts<S> for VerifiedEvent {
    type Rejection = ExtensionRejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let Extension(event) = Extension::<Self>::from_request_parts(parts, state).await?;
        Ok(event)
    }
}
