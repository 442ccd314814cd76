//! A request, read up to the bytes that were signed.

use std::borrow::Cow;
use std::error::Error;
use std::pin::pin;

use bytes::{Buf as _, Bytes, BytesMut};
use hookseal::{BodyError, decode_body};
use http::header::CONTENT_ENCODING;
use http::{Method, Request, request};
use http_body::Body;
use http_body_util::{BodyExt as _, LengthLimitError};

use crate::answer::Answer;

/// What a body's errors convert to.
pub(crate) type BoxError = Box<dyn Error + Send + Sync>;

/// A delivery whose body was read.
pub(crate) struct Delivery {
    pub(crate) parts: request::Parts,
    pub(crate) body: Bytes,
}

/// Reads a request to the end of its body, whose `Content-Encoding` is undone.
pub(crate) async fn read<B>(request: Request<B>, max_body: usize) -> Result<Delivery, Answer>
where
    B: Body,
    B::Error: Into<BoxError>,
{
    if request.method() != Method::POST {
        return Err(Answer::method_not_allowed());
    }
    let (mut parts, body) = request.into_parts();
    let body = read_body(body, max_body).await?;
    let encoding = content_encoding(&parts);
    let decoded = match decode_body(&body, &encoding, max_body) {
        Ok(Cow::Borrowed(_)) => None,
        Ok(Cow::Owned(decoded)) => Some(Bytes::from(decoded)),
        Err(error) => return Err(Answer::of_body(error)),
    };
    let Some(decoded) = decoded else { return Ok(Delivery { parts, body }) };
    // They say of the body what is no longer true.
    parts.headers.remove(CONTENT_ENCODING);
    parts.headers.remove(http::header::CONTENT_LENGTH);
    Ok(Delivery { parts, body: decoded })
}

/// Reads a body, and no more of it than the limit.
async fn read_body<B>(body: B, max_body: usize) -> Result<Bytes, Answer>
where
    B: Body,
    B::Error: Into<BoxError>,
{
    if body.size_hint().lower() > u64::try_from(max_body).unwrap_or(u64::MAX) {
        return Err(too_large(max_body));
    }
    let mut body = pin!(body);
    let mut first = Bytes::new();
    let mut all = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| unread(error.into().as_ref(), max_body))?;
        let Ok(mut data) = frame.into_data() else { continue };
        let length = data.remaining();
        if first.len() + all.len() + length > max_body {
            return Err(too_large(max_body));
        }
        // The usual body is one piece, which is not copied.
        if first.is_empty() && all.is_empty() {
            first = data.copy_to_bytes(length);
        } else {
            all.extend_from_slice(&std::mem::take(&mut first));
            all.extend_from_slice(&data.copy_to_bytes(length));
        }
    }
    Ok(if all.is_empty() { first } else { all.freeze() })
}

/// The answer to a body that did not come to its end: because of a limit that something else has set,
/// or because the sender went away.
fn unread(error: &(dyn Error + 'static), max_body: usize) -> Answer {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.is::<LengthLimitError>() {
            return too_large(max_body);
        }
        cause = error.source();
    }
    let malformed = BodyError::Malformed;
    let message = format!("the connection was closed before the end of the body: {error}");
    Answer::refused(malformed.http_status(), malformed.as_str(), &message)
}

fn too_large(max_body: usize) -> Answer {
    let code = BodyError::TooLarge;
    let message = format!("the body has more than {max_body} bytes");
    Answer::refused(code.http_status(), code.as_str(), &message)
}

/// The values of the header, joined; empty if it is not there.
fn content_encoding(parts: &request::Parts) -> String {
    let values = parts.headers.get_all(CONTENT_ENCODING).iter();
    values.filter_map(|value| value.to_str().ok()).collect::<Vec<_>>().join(", ")
}
