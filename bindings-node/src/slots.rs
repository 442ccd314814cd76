//! The slots in which a verification leaves its results, as both sides of the binding name them.
#![allow(missing_docs, reason = "public for napi-rs, whose users are in JavaScript")]

use napi_derive::napi;

/// The slots in `numbers`: results, and what is asked.
#[napi]
#[derive(Debug)]
pub enum NumberSlot {
    DataStart,
    DataEnd,
    /// 1 if all of the data is ASCII, so that its part of the body is JSON as it is.
    DataIsAscii,
    /// 0 if the whole body is the envelope.
    Envelope,
    IdStart,
    IdEnd,
    Type,
    /// The time of the event in milliseconds since 1970, NaN if it is not known.
    CreatedAt,
    /// The nanoseconds of that time beyond whole milliseconds.
    CreatedAtNanos,
    /// 0 for the real thing, 1 for a test, 2 for one that only checks the endpoint.
    Test,
    KeyIndex,
    /// The time to verify at, in milliseconds since 1970, NaN for now.
    Now,
}

/// How many numbers there are.
pub(crate) const NUMBERS: usize = NumberSlot::Now as usize + 1;

/// The slots in `results`.
#[napi]
#[derive(Debug)]
pub enum TextSlot {
    Type,
    Id,
    Data,
    Envelope,
}

/// The slots of a failure in `results`, in place of an event's texts.
#[napi]
#[derive(Debug)]
pub enum FailureSlot {
    Code,
    Message,
}

/// The start of a text that is not in the body but among the results.
#[napi]
pub const IN_RESULTS: f64 = -1.0;
