//! Input that is meant to hurt: each gets its error code, in memory that does not grow with it.
//!
//! A million of each thing also keeps out whatever is quadratic: it would not come to an end.

mod explain;
mod headers;
mod memory;
mod payloads;

use std::time::{Duration, SystemTime};

use hookseal::{Error, ErrorCode, Event, Headers, SignOptions, Webhook};

use crate::memory::{Usage, measured};

const MILLION: usize = 1_000_000;

/// What verifying may allocate at the most, however large its input: a message, an id.
const LITTLE: usize = 4096;

const SECRET: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

fn now() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_760_000_000)
}

fn webhook(provider: &str) -> Webhook {
    Webhook::new(provider, [SECRET]).expect("a usual secret")
}

fn signed(webhook: &Webhook, body: &[u8]) -> Vec<(String, String)> {
    let options = SignOptions::new().event_type("policy.created").timestamp(now());
    webhook.sign(body, &options).expect("the options fit")
}

/// Verifies, and says what that took.
fn verify<'b>(
    webhook: &Webhook,
    body: &'b [u8],
    headers: &(impl Headers + ?Sized),
) -> (Result<Event<'b>, Error>, Usage) {
    measured(|| webhook.verify_at(body, headers, now()))
}

/// Verifies in little memory.
fn outcome(
    webhook: &Webhook,
    body: &[u8],
    headers: &(impl Headers + ?Sized),
) -> Result<(), ErrorCode> {
    let (result, usage) = verify(webhook, body, headers);
    assert!(usage.peak <= LITTLE, "{usage:?}: {result:?}");
    result.map(|_| ()).map_err(|error| error.code())
}
