//! A body, read up to a limit and decoded.

use std::borrow::Cow;
use std::error::Error;
use std::pin::pin;

use bytes::{Buf as _, Bytes, BytesMut};
use hookseal::{BodyError, decode_body};
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use http::request;
use http_body::Body;
use http_body_util::{BodyExt as _, LengthLimitError};

use crate::answer::Answer;

/// What a body's errors convert to.
pub(crate) type BoxError = Box<dyn Error + Send + Sync>;

/// Reads a body to its end, and undoes its `Content-Encoding`.
pub(crate) async fn body<B>(
    parts: &mut request::Parts,
    body: B,
    max_body: usize,
) -> Result<Bytes, Answer>
where
    B: Body,
    B::Error: Into<BoxError>,
{
    let body = read(body, max_body).await?;
    let decoded = match decode_body(&body, &content_encoding(parts), max_body) {
        Ok(Cow::Borrowed(_)) => None,
        Ok(Cow::Owned(decoded)) => Some(Bytes::from(decoded)),
        Err(error) => return Err(Answer::of_body(error, &error.to_string())),
    };
    let Some(decoded) = decoded else { return Ok(body) };
    // They say of the body what is no longer true.
    parts.headers.remove(CONTENT_ENCODING);
    parts.headers.remove(CONTENT_LENGTH);
    Ok(decoded)
}

/// Reads a body, and no more of it than the limit.
async fn read<B>(body: B, max_body: usize) -> Result<Bytes, Answer>
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
    let message = format!("the connection was closed before the end of the body: {error}");
    Answer::of_body(BodyError::Malformed, &message)
}

fn too_large(max_body: usize) -> Answer {
    Answer::of_body(BodyError::TooLarge, &format!("the body has more than {max_body} bytes"))
}

/// The values of the header, joined; empty if it is not there.
fn content_encoding(parts: &request::Parts) -> String {
    let values = parts.headers.get_all(CONTENT_ENCODING).iter();
    values.filter_map(|value| value.to_str().ok()).collect::<Vec<_>>().join(", ")
}
