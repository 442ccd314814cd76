//! A timestamp that may be signed, and one that is.

use core::time::Duration;
use std::time::SystemTime;

use super::super::part::Part;
use crate::clock::TimestampUnit;

/// A timestamp's text.
pub(in crate::explain) struct Timestamp;

impl Part for Timestamp {
    type Received<'c> = &'c str;
    type Was = String;
}

/// A timestamp that the signature covers.
pub(in crate::explain) struct SignedMoment;

impl Part for SignedMoment {
    type Received<'c> = Moment<'c>;
    type Was = String;
}

/// A signed timestamp, and what it is judged by.
pub(in crate::explain) struct Moment<'c> {
    pub(in crate::explain) text: &'c str,
    pub(in crate::explain) unit: TimestampUnit,
    pub(in crate::explain) now: SystemTime,
    pub(in crate::explain) tolerance: Duration,
}
