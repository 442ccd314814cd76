//! The address of a request, for schemes that sign it.

use http::request::Parts;

/// The address as the server gives it: the whole URL over HTTP/2, else the path and the query.
///
/// Never from `X-Forwarded-*`, which anybody can send: behind a proxy the webhook has an `origin`.
pub(crate) fn of(parts: &Parts) -> String {
    // A router takes away what it is nested at.
    #[cfg(feature = "axum")]
    if let Some(original) = parts.extensions.get::<axum::extract::OriginalUri>() {
        return original.0.to_string();
    }
    parts.uri.to_string()
}
