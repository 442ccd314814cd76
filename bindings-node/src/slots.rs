//! Where a verification leaves its results, as both sides of the binding name it.
#![allow(missing_docs, reason = "public for napi-rs, whose users are in JavaScript")]

use napi_derive::napi;

/// Where the results stand in `numbers`, and what is asked.
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
    /// In milliseconds, not a number if it is not known.
    CreatedAt,
    /// What it has beyond whole milliseconds.
    CreatedAtNanos,
    /// 0 for the real thing, 1 for a test, 2 for one that only checks the endpoint.
    Test,
    KeyIndex,
    /// When to verify, in milliseconds; not a number for now.
    Now,
}

/// How many numbers there are.
pub(crate) const NUMBERS: usize = NumberSlot::Now as usize + 1;

/// Where the results stand in `results`.
#[napi]
#[derive(Debug)]
pub enum TextSlot {
    Type,
    Id,
    Data,
    Envelope,
}

/// Where a failure stands in `results`: where an event's texts would.
#[napi]
#[derive(Debug)]
pub enum FailureSlot {
    Code,
    Message,
}

/// As the start of what does not stand in the body but among the results.
#[napi]
pub const IN_RESULTS: f64 = -1.0;
