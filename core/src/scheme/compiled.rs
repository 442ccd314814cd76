//! A scheme that was checked, ready for use.

use std::borrow::Cow;
use std::time::Duration;

use hookseal_json::Selector;

use super::field::Field;
use super::payload::PayloadKinds;
use super::place::EventPlaces;
use super::representation::Representation;
use super::signature::{SignatureForm, SignatureHeader};
use crate::clock::TimestampUnit;
use crate::encoding::KeyFormat;
use crate::headers::HeaderName;
use crate::mac::Algorithm;

/// Everything that a scheme says, checked.
#[derive(Debug)]
pub(crate) struct Compiled {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) signatures: Vec<SignatureHeader>,
    pub(crate) key: KeyFormat,
    /// The prefix of every secret, if it is documented. Nothing is refused because of it.
    pub(crate) key_begins_with: Option<String>,
    /// The headers that may say which public key a delivery was signed with; none if the scheme does
    /// not say it.
    pub(crate) key_id: Vec<HeaderName>,
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
    pub(crate) fn forms(&self) -> impl Iterator<Item = &SignatureForm> {
        self.signatures.iter().flat_map(|header| &header.forms)
    }

    /// The algorithms of all forms, each once.
    pub(crate) fn algorithms(&self) -> Vec<Algorithm> {
        let mut algorithms = Vec::new();
        for form in self.forms() {
            if !algorithms.contains(&form.algorithm) {
                algorithms.push(form.algorithm);
            }
        }
        algorithms
    }

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
