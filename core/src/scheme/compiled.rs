//! A scheme that was checked, ready for use.

use std::borrow::Cow;
use std::time::Duration;

use hookseal_json::{Pointer, Selector};

use super::envelope::{Envelope, MessageRules};
use super::field::Field;
use super::handshake::Handshake;
use super::payload::PayloadKinds;
use super::place::EventPlaces;
use super::representation::Representation;
use super::signature::{SignatureForm, SignatureHeader};
use super::value::Value;
use super::weakness::Weakness;
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
    /// True if the signature itself names its key.
    pub(crate) signature_names_key: bool,
    /// The headers that every delivery has, whichever form its signature is of: each one under
    /// one of these names.
    pub(crate) required_headers: Vec<Vec<HeaderName>>,
    /// The headers that may hold the signed id.
    pub(crate) id: Vec<HeaderName>,
    /// True if every id is a UUID.
    pub(crate) id_is_uuid: bool,
    /// The names of the constants that the receiver gives, and what each one is.
    pub(crate) constants: Vec<(String, String)>,
    /// The places in the body that are read before it is authentic, to know what is signed.
    pub(crate) signed_places: SignedPlaces,
    pub(crate) timestamp: Option<TimestampRule>,
    pub(crate) payload: PayloadKinds,
    /// The representations of a body that may be signed, in the order in which they are tried.
    pub(crate) representations: Vec<Representation>,
    pub(crate) selector: Selector,
    pub(crate) places: EventPlaces,
    pub(crate) unsigned: Vec<Field>,
    pub(crate) weaknesses: Vec<Weakness>,
    /// The headers that every HTTP message signature has beside itself.
    pub(crate) message_headers: Vec<HeaderName>,
    pub(crate) handshakes: Vec<Handshake>,
    pub(crate) handshake_places: SignedPlaces,
}

/// The strings in the body that are signed one by one, or say what is signed.
#[derive(Debug)]
pub(crate) struct SignedPlaces {
    pub(crate) selector: Selector,
    pub(crate) pointers: Vec<(String, Pointer)>,
}

impl SignedPlaces {
    pub(crate) fn get(&self, pointer: &str) -> Option<Pointer> {
        self.pointers.iter().find(|(text, _)| text == pointer).map(|(_, pointer)| *pointer)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct TimestampRule {
    /// The headers that may hold it, where the signature header does not.
    pub(crate) headers: Vec<HeaderName>,
    /// Its place in the body, where no header has it.
    pub(crate) pointer: Option<String>,
    /// True if the signature itself has it, where it says what it signs.
    pub(crate) in_signature: bool,
    pub(crate) unit: TimestampUnit,
    pub(crate) tolerance: Duration,
}

impl Compiled {
    /// Every form of the signature, wherever it stands.
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

    /// Returns `true` if deliveries say which public key they were signed with.
    pub(crate) fn names_key(&self) -> bool {
        self.signature_names_key || !self.key_id.is_empty()
    }

    /// Returns `true` if the constant is the token of a handshake, and nothing that is signed.
    pub(crate) fn is_token(&self, constant: &str) -> bool {
        let mut tokens = self.handshakes.iter().filter_map(|handshake| handshake.token.as_ref());
        let is_signed = |value: &Value| matches!(value, Value::Constant(own) if own == constant);
        tokens.any(|(_, own)| own == constant)
            && !self.forms().any(|form| form.content.values().any(is_signed))
    }

    /// The headers that are signed by name.
    pub(crate) fn signed_headers(&self) -> impl Iterator<Item = &HeaderName> {
        let named =
            self.forms().flat_map(|form| form.content.values()).filter_map(|value| match value {
                Value::Header(name) => Some(name),
                _ => None,
            });
        named.chain(self.messages().flat_map(MessageRules::headers)).chain(&self.message_headers)
    }

    /// The rules of every HTTP message signature.
    pub(crate) fn messages(&self) -> impl Iterator<Item = &MessageRules> {
        self.forms().filter_map(|form| match form.envelope() {
            Some(Envelope::Message(rules)) => Some(rules),
            _ => None,
        })
    }

    /// Returns `true` if a header of this name may hold the secret itself.
    pub(crate) fn is_secret(&self, name: &HeaderName) -> bool {
        let holds = |header: &SignatureHeader| {
            header.names.contains(name) && header.forms.iter().any(|form| form.algorithm.is_token())
        };
        self.signatures.iter().any(holds)
    }

    /// Returns `true` if what is sent may be the secret itself.
    pub(crate) fn may_send_secret(&self) -> bool {
        self.forms().any(|form| form.algorithm.is_token())
    }

    /// Every header that a verification or a handshake may read. Some may come more than once.
    pub(crate) fn read_headers(&self) -> impl Iterator<Item = &HeaderName> {
        let timestamp = self.timestamp.iter().flat_map(|rule| &rule.headers);
        let beside = self.key_id.iter().chain(&self.id).chain(timestamp);
        let signatures = self.signature_names().chain(beside);
        let asked = self.handshakes.iter().flat_map(Handshake::header_names);
        signatures.chain(self.signed_headers()).chain(self.places.header_names()).chain(asked)
    }

    /// Returns `true` if the request's method or address is signed.
    pub(crate) fn signs_request(&self) -> bool {
        self.forms().flat_map(|form| form.content.values()).any(Value::is_of_request)
            || self.forms().any(|form| form.covers.is_some())
            || self.messages().next().is_some()
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
