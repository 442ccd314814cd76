//! Reads the body of a request, in bounded memory and time.

use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody as _};
use axum::http::{HeaderMap, header};
use http_body_util::BodyExt as _;
use tokio::time::timeout;

use super::arrival::Refusal;
use super::memory::{Collected, Exhausted, Memory};

/// The most that is read and dropped of a body that is too large: a sender that is still writing
/// would not see the answer.
const READ_AND_DROPPED: u64 = 16 << 20;

/// The reason why a body could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unread {
    TooLarge,
    TooSlow,
    Broken,
    NoMemory,
}

/// Reads the whole body, byte for byte as it was sent, whatever its encoding.
pub(super) async fn read(
    headers: &HeaderMap,
    mut body: Body,
    max: usize,
    wait: Duration,
    memory: &Memory,
) -> Result<Bytes, Refusal> {
    let least = body.size_hint().lower();
    let declared = usize::try_from(least).ok().filter(|least| *least <= max);
    let read = if declared.is_none() {
        // A sender that asks first has sent nothing yet.
        if !headers.contains_key(header::EXPECT) && least <= max as u64 + READ_AND_DROPPED {
            let _ = timeout(wait, discard(&mut body)).await;
        }
        Err(Unread::TooLarge)
    } else {
        timeout(wait, collect(&mut body, max, memory.collect(declared.unwrap_or_default())))
            .await
            .unwrap_or(Err(Unread::TooSlow))
    };
    read.map_err(|unread| match unread {
        Unread::TooLarge => Refusal::new(
            "body_too_large",
            413,
            format!("the body has more than {max} bytes: `--max-body` allows more"),
        ),
        Unread::TooSlow => Refusal::new(
            "request_timeout",
            408,
            format!(
                "the body did not arrive within {} seconds: `--timeout` allows more",
                wait.as_secs_f64()
            ),
        ),
        Unread::Broken => Refusal::new(
            "incomplete_body",
            400,
            "the connection was closed, or was not HTTP any more, before the end of the body"
                .to_owned(),
        ),
        Unread::NoMemory => Exhausted.into(),
    })
}

async fn collect(body: &mut Body, max: usize, mut bytes: Collected) -> Result<Bytes, Unread> {
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| Unread::Broken)?.into_data() else { continue };
        if bytes.len() + data.len() > max {
            drop(bytes);
            discard(body).await;
            return Err(Unread::TooLarge);
        }
        if bytes.add(&data).is_err() {
            drop(bytes);
            discard(body).await;
            return Err(Unread::NoMemory);
        }
    }
    Ok(bytes.finish())
}

async fn discard(body: &mut Body) {
    let mut length = 0;
    while let Some(Ok(frame)) = body.frame().await {
        length += frame.data_ref().map_or(0, |data| data.len() as u64);
        if length > READ_AND_DROPPED {
            break;
        }
    }
}
