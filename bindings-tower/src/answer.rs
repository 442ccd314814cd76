//! What a request is answered with that does not reach the handler.

use bytes::Bytes;
use hookseal::{BodyError, HandshakeAnswer};
#[cfg(feature = "sqlx")]
use http::header::RETRY_AFTER;
use http::header::{ALLOW, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderName, HeaderValue, Response, StatusCode};

const JSON: &str = "application/json";

/// An answer. One that refuses says no more than a code: the message is for the log.
#[derive(Debug)]
pub(crate) struct Answer {
    status: u16,
    content_type: &'static str,
    content: String,
    header: Option<(HeaderName, HeaderValue)>,
}

impl Answer {
    fn json(status: u16, content: String) -> Self {
        Self { status, content_type: JSON, content, header: None }
    }

    /// Refuses a delivery, and logs why.
    pub(crate) fn refused(status: u16, code: &str, message: &str) -> Self {
        tracing::warn!(target: "hookseal", code, "delivery refused: {message}");
        Self::json(status, format!(r#"{{"error":"{code}"}}"#))
    }

    pub(crate) fn of_body(error: BodyError, message: &str) -> Self {
        Self::refused(error.http_status(), error.as_str(), message)
    }

    pub(crate) fn method_not_allowed() -> Self {
        let header = Some((ALLOW, HeaderValue::from_static("POST")));
        Self { header, ..Self::json(405, r#"{"error":"method_not_allowed"}"#.to_owned()) }
    }

    /// For an event that only checks that the endpoint works.
    pub(crate) fn acknowledged() -> Self {
        Self::json(200, r#"{"acknowledged":true}"#.to_owned())
    }

    /// For a sender that asks whether the endpoint is the receiver's.
    pub(crate) fn handshake(answer: &HandshakeAnswer) -> Self {
        Self {
            status: 200,
            content_type: answer.content_type(),
            content: answer.body().to_owned(),
            header: Some((X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"))),
        }
    }

    /// Asks the sender to come again in so many seconds.
    #[cfg(feature = "sqlx")]
    pub(crate) fn retry_after(mut self, seconds: Option<u32>) -> Self {
        self.header = seconds.map(|seconds| (RETRY_AFTER, HeaderValue::from(seconds)));
        self
    }

    pub(crate) fn into_response<R: From<Bytes>>(self) -> Response<R> {
        let mut response = Response::new(R::from(Bytes::from(self.content)));
        *response.status_mut() =
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        headers.extend(self.header);
        response
    }
}
