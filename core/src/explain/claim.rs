//! A claim that the headers may make: that a digest was made with an algorithm over some content.

use std::borrow::Cow;

use super::cause::Causes;
use crate::address;
use crate::encoding::KeyFormat;
use crate::mac::{Algorithm, Digest};
use crate::public_key::{Message, PublicKey};
use crate::scheme::{Content, Signature, SignatureForm, Value, Values};

/// How many digests of a claim there are at the most.
const MAX_DIGESTS: usize = 64;

/// A claim: what is hashed except for the key and the body, and the digests that it would explain.
pub(super) struct Claim<'s> {
    /// The form of the scheme's own that it has, if it has one.
    pub(super) form: Option<&'s SignatureForm>,
    pub(super) algorithm: Algorithm,
    pub(super) content: Content,
    pub(super) timestamp: String,
    pub(super) id: String,
    /// What else stands in the content.
    pub(super) values: Vec<Vec<u8>>,
    /// The address, where the form demands a hash of the body in it.
    pub(super) address: Option<String>,
    /// The way in which the secret is read.
    pub(super) key: KeyFormat,
    pub(super) claimed: Vec<Claimed>,
}

/// A digest or a signature, and what must have happened for the headers to hold it as they do.
pub(super) struct Claimed {
    pub(super) written: Written,
    pub(super) causes: Causes,
}

/// What a header holds.
#[derive(Clone)]
pub(super) enum Written {
    Digest(Digest),
    /// A signature of a private key.
    Signature(Vec<u8>),
}

impl Claim<'_> {
    /// The causes that led to the digest, if it bears the claim out.
    pub(super) fn holds(&self, digest: &Digest) -> Option<&Causes> {
        let claimed = self.claimed.iter().find(|claimed| claimed.is(digest));
        claimed.map(|claimed| &claimed.causes)
    }

    /// The causes that led to the signature, if it is one of the message by the key's owner.
    pub(super) fn verifies(&self, key: &PublicKey, message: &Message) -> Option<&Causes> {
        let is_right = |claimed: &&Claimed| match &claimed.written {
            Written::Signature(signature) => key.verifies(message, signature),
            Written::Digest(_) => false,
        };
        self.claimed.iter().find(is_right).map(|claimed| &claimed.causes)
    }

    /// The fewest causes that lead to a digest.
    pub(super) fn causes(&self) -> usize {
        self.claimed.iter().map(|claimed| claimed.causes.count()).min().unwrap_or(usize::MAX)
    }

    /// What else stands in the content, of a delivery with this body; `None` if the body cannot be
    /// one.
    pub(super) fn values(
        &self,
        body: &[u8],
        enveloped: &Enveloped<'_>,
    ) -> Option<Vec<Cow<'_, [u8]>>> {
        let values = self.content.values().zip(&self.values);
        values
            .map(|(value, found)| match value {
                Value::BodyHash(hash) => Some(Cow::Owned(hash.of(body).into_bytes())),
                Value::Form => address::sorted_form(body).map(Cow::Owned),
                Value::Envelope(_) => {
                    (enveloped.signed)(value, body, self.address.as_deref()).map(Cow::Owned)
                }
                _ => Some(Cow::Borrowed(found.as_slice())),
            })
            .collect()
    }

    /// Returns `true` if the signature itself says what is signed.
    pub(super) fn is_enveloped(&self) -> bool {
        self.form.is_some_and(|form| form.envelope().is_some())
    }

    /// Returns `true` if what is signed covers this body, where it does so by a hash.
    pub(super) fn covers(&self, body: &[u8], enveloped: &Enveloped<'_>) -> bool {
        if let Some(form) = self.form.filter(|_| self.is_enveloped()) {
            return (enveloped.covers)(form, body);
        }
        let Some(covered) = self.form.and_then(|form| form.covers.as_ref()) else { return true };
        let url = self.address.as_deref().unwrap_or_default();
        address::parameter(url, &covered.query).is_some_and(|hash| hash == covered.hash.of(body))
    }

    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.algorithm == other.algorithm
            && self.content == other.content
            && self.timestamp == other.timestamp
            && self.id == other.id
            && self.values == other.values
            && self.address == other.address
            && self.form.is_some_and(has_hash) == other.form.is_some_and(has_hash)
            && self.key == other.key
    }

    pub(super) fn take(&mut self, claimed: Claimed) {
        match self.claimed.iter().position(|known| known.written.is_same(&claimed.written)) {
            Some(known) if self.claimed[known].causes.count() <= claimed.causes.count() => {}
            Some(known) => self.claimed[known] = claimed,
            None if self.claimed.len() < MAX_DIGESTS => self.claimed.push(claimed),
            None => {}
        }
    }
}

impl Written {
    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Digest(one), Self::Digest(other)) => one.equals(other),
            (Self::Signature(one), Self::Signature(other)) => one == other,
            _ => false,
        }
    }

    /// What an algorithm's digest or signature of these bytes is.
    pub(super) fn of(digest: &Digest, algorithm: Algorithm) -> Self {
        match algorithm.public() {
            Some(_) => Self::Signature(digest.as_bytes().to_vec()),
            None => Self::Digest(digest.clone()),
        }
    }
}

/// Everything that a header's value holds.
pub(super) fn written(signature: &Signature<'_>) -> Vec<Written> {
    match &signature.values {
        Values::Digests(digests) => digests.iter().map(Written::Digest).collect(),
        Values::Digest(digest) => vec![Written::Digest(digest.clone())],
        Values::Signatures(all) => all.iter().cloned().map(Written::Signature).collect(),
    }
}

impl Claimed {
    /// A digest that was cut is borne out by its beginning.
    fn is(&self, digest: &Digest) -> bool {
        let Written::Digest(own) = &self.written else { return false };
        let whole = digest.as_bytes();
        let beginning = whole.get(..own.as_bytes().len()).and_then(Digest::new);
        beginning.is_some_and(|beginning| beginning.equals(own))
    }
}

/// Returns `true` if a hash of the body stands in the address of what has this form.
fn has_hash(form: &SignatureForm) -> bool {
    form.covers.is_some()
}

/// What is signed of a delivery with a body, to another address if one is given, by a signature
/// that says itself what it signs.
pub(super) type EnvelopedContent<'v> = dyn Fn(&Value, &[u8], Option<&str>) -> Option<Vec<u8>> + 'v;

/// What a signature that says itself what it signs is about.
#[derive(Clone, Copy)]
pub(super) struct Enveloped<'s> {
    /// What is signed, of a delivery with a body.
    pub(super) signed: &'s EnvelopedContent<'s>,
    /// Whether that covers a body.
    pub(super) covers: &'s dyn Fn(&SignatureForm, &[u8]) -> bool,
}
