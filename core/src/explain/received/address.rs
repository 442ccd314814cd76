//! The URL that the sender called, as the receiver has it.

use super::super::part::Part;
use super::header::Given;

/// A URL that is signed.
pub(in crate::explain) struct Address;

impl Part for Address {
    type Received<'c> = ReceivedAddress<'c>;
    type Was = String;
}

/// A URL as the receiver has it, with what proxies say about it.
pub(in crate::explain) struct ReceivedAddress<'c> {
    pub(in crate::explain) url: &'c str,
    pub(in crate::explain) given: &'c Given,
    /// The constant that it is, if the receiver has configured it.
    pub(in crate::explain) constant: Option<&'c str>,
}
