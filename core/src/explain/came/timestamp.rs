//! A timestamp that may be signed, and one that is.

use core::time::Duration;
use std::time::SystemTime;

use super::super::part::Part;
use crate::clock::TimestampUnit;

/// A timestamp's text.
pub(in crate::explain) struct Timestamp;

impl Part for Timestamp {
    type Came<'c> = &'c str;
    type Was = String;
}

/// A timestamp that the signature covers.
pub(in crate::explain) struct SignedMoment;

impl Part for SignedMoment {
    type Came<'c> = Moment<'c>;
    type Was = String;
}

/// What was signed, and how it is judged.
pub(in crate::explain) struct Moment<'c> {
    pub(in crate::explain) text: &'c str,
    pub(in crate::explain) unit: TimestampUnit,
    pub(in crate::explain) now: SystemTime,
    pub(in crate::explain) tolerance: Duration,
}
