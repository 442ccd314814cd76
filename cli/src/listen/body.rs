//! Reads the body of a request, in bounded memory and time.

use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody as _};
use axum::http::{HeaderMap, header};
use http_body_util::BodyExt as _;
use tokio::time::timeout;

use super::arrival::Refusal;

/// How much of a body that is too large is read nevertheless: a sender that is still writing would
/// not see the answer.
const READ_AND_DROPPED: usize = 16 << 20;

/// Why a body could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unread {
    TooLarge,
    TooSlow,
    Broken,
}

/// The whole body, byte for byte as it was sent, whatever its encoding.
pub(super) async fn read(
    headers: &HeaderMap,
    mut body: Body,
    max: usize,
    wait: Duration,
) -> Result<Bytes, Refusal> {
    // Such a sender asks first, and has sent nothing yet.
    let asks = headers.contains_key(header::EXPECT);
    let read = if asks && body.size_hint().lower() > max as u64 {
        Err(Unread::TooLarge)
    } else {
        timeout(wait, collect(&mut body, max)).await.unwrap_or(Err(Unread::TooSlow))
    };
    let refusal = |code, status, message| Refusal {
        code,
        message,
        status,
        is_of_the_core: false,
        explanation: None,
    };
    read.map_err(|unread| match unread {
        Unread::TooLarge => refusal(
            "body_too_large",
            413,
            format!("the body has more than {max} bytes: `--max-body` allows more"),
        ),
        Unread::TooSlow => refusal(
            "request_timeout",
            408,
            format!(
                "the body did not arrive within {} seconds: `--timeout` allows more",
                wait.as_secs_f64()
            ),
        ),
        Unread::Broken => refusal(
            "incomplete_body",
            400,
            "the connection was closed, or was not HTTP any more, before the end of the body"
                .to_owned(),
        ),
    })
}

async fn collect(body: &mut Body, max: usize) -> Result<Bytes, Unread> {
    let mut collected = Vec::new();
    let mut length = 0_usize;
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| Unread::Broken)?.into_data() else { continue };
        length += data.len();
        if length <= max {
            collected.extend_from_slice(&data);
        } else if length - max <= READ_AND_DROPPED {
            collected = Vec::new();
        } else {
            break;
        }
    }
    if length > max { Err(Unread::TooLarge) } else { Ok(collected.into()) }
}
