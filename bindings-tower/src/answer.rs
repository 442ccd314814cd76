//! What a delivery is answered with that does not reach the handler.

use bytes::Bytes;
use hookseal::BodyError;
use http::header::{ALLOW, CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderValue, Response, StatusCode};

/// An answer, which says no more than a code: the message is for the log.
#[derive(Debug)]
pub(crate) struct Answer {
    status: u16,
    content: String,
    header: Option<(http::HeaderName, HeaderValue)>,
}

impl Answer {
    /// Refuses a delivery, and logs why.
    pub(crate) fn refused(status: u16, code: &str, message: &str) -> Self {
        tracing::warn!(target: "hookseal", code, "delivery refused: {message}");
        Self { status, content: format!(r#"{{"error":"{code}"}}"#), header: None }
    }

    pub(crate) fn of_body(error: BodyError) -> Self {
        Self::refused(error.http_status(), error.as_str(), &error.to_string())
    }

    pub(crate) fn method_not_allowed() -> Self {
        let content = r#"{"error":"method_not_allowed"}"#.to_owned();
        Self { status: 405, content, header: Some((ALLOW, HeaderValue::from_static("POST"))) }
    }

    /// For an event that only checks that the endpoint works.
    pub(crate) fn acknowledged() -> Self {
        Self { status: 200, content: r#"{"acknowledged":true}"#.to_owned(), header: None }
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
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.extend(self.header);
        response
    }
}
