//! A scheme that was checked, ready for use.

use std::borrow::Cow;
use std::time::Duration;

use hookseal_json::Selector;

use super::field::Field;
use super::payload::PayloadKinds;
use super::place::EventPlaces;
use super::representation::Representation;
use super::signature::SignatureHeader;
use crate::clock::TimestampUnit;
use crate::encoding::KeyFormat;
use crate::headers::HeaderName;

/// Everything that a scheme says, checked.
#[derive(Debug)]
pub(crate) struct Compiled {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) signatures: Vec<SignatureHeader>,
    pub(crate) key: KeyFormat,
    /// The prefix of every secret, if it is documented. Nothing is refused because of it.
    pub(crate) key_begins_with: Option<String>,
    /// The headers that every delivery has, whichever form its signature is of: each one under
    /// one of these names.
    pub(crate) required_headers: Vec<Vec<HeaderName>>,
    /// The headers that may hold the signed id.
    pub(crate) id: Vec<HeaderName>,
    pub(crate) timestamp: Option<TimestampRule>,
    pub(crate) payload: PayloadKinds,
    /// The representations of a body that may be signed, in the order in which they are tried.
    pub(crate) representations: Vec<Representation>,
    pub(crate) selector: Selector,
    pub(crate) places: EventPlaces,
    pub(crate) unsigned: Vec<Field>,
}

#[derive(Clone, Debug)]
pub(crate) struct TimestampRule {
    /// The headers that may hold it, where the signature header does not.
    pub(crate) headers: Vec<HeaderName>,
    pub(crate) unit: TimestampUnit,
    pub(crate) tolerance: Duration,
}

impl Compiled {
    pub(crate) fn signature_names(&self) -> impl Iterator<Item = &HeaderName> {
        self.signatures.iter().flat_map(|header| &header.names)
    }

    /// The representations of a body that may be signed. The last is the one that the sender itself
    /// signs.
    pub(crate) fn representations<'b>(
        &self,
        body: &'b [u8],
    ) -> impl DoubleEndedIterator<Item = Cow<'b, [u8]>> {
        self.representations.iter().filter_map(move |way| way.of(body))
    }
}
