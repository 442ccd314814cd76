//! A secret that the receiver has.

use core::ops::ControlFlow;

use zeroize::Zeroizing;

use super::super::cause::Evidence;
use super::super::part::{Change, Offers, Part};
use crate::encoding::KeyFormat;
use crate::public_key::shape;
use crate::scheme::Scheme;
use crate::secret::is_blank;

/// A secret, as bytes.
pub(in crate::explain) struct Secret;

impl Part for Secret {
    type Received<'c> = ReceivedSecret<'c>;
    type Was = Material;
}

/// A secret as it was given, and what it is for.
#[derive(Clone, Copy)]
pub(in crate::explain) struct ReceivedSecret<'c> {
    pub(in crate::explain) bytes: &'c [u8],
    pub(in crate::explain) scheme: &'c Scheme,
    pub(in crate::explain) others: &'c [Scheme],
    /// The documented prefixes of secrets, the scheme's own first.
    pub(in crate::explain) prefixes: &'c [String],
    /// The body of the delivery.
    pub(in crate::explain) body: &'c [u8],
}

impl<'c> ReceivedSecret<'c> {
    /// The secret's text, if it is UTF-8.
    pub(in crate::explain) fn text(&self) -> Option<&'c str> {
        core::str::from_utf8(self.bytes).ok()
    }

    /// Returns `true` if there is more in it than what everybody knows: with that, anybody could
    /// make a signature that matches.
    pub(in crate::explain) fn is_secret(&self) -> bool {
        let prefixed = |prefix: &String| self.bytes.strip_prefix(prefix.as_bytes());
        let known = self.prefixes.iter().chain(self.format().prefixes());
        !is_blank(self.bytes) && !known.filter_map(prefixed).any(is_blank)
    }

    /// Returns `true` if the scheme has signatures that a public key checks.
    pub(in crate::explain) fn may_be_public(&self) -> bool {
        self.scheme.compiled().algorithms().iter().any(|algorithm| algorithm.public().is_some())
    }

    /// Returns `true` if it is a public or private key.
    pub(in crate::explain) fn is_of_pair(&self) -> bool {
        is_of_pair(self.bytes)
    }

    /// Returns the format in which the scheme reads the secret.
    pub(in crate::explain) fn format(&self) -> &'c KeyFormat {
        &self.scheme.compiled().key
    }
}

/// The material that a key is made of.
pub(in crate::explain) enum Material {
    /// A secret, which the scheme says how to read.
    Secret(Zeroizing<Vec<u8>>),
    /// The key itself.
    Key(Zeroizing<Vec<u8>>),
    /// A public key, in a form in which keys are read.
    Public(String),
}

/// Returns `true` if it is a public or private key.
fn is_of_pair(secret: &[u8]) -> bool {
    core::str::from_utf8(secret).is_ok_and(|text| shape(text).is_of_pair())
}

impl Material {
    pub(in crate::explain) fn bytes(&self) -> &[u8] {
        match self {
            Self::Secret(bytes) | Self::Key(bytes) => bytes,
            Self::Public(text) => text.as_bytes(),
        }
    }

    /// The key, if the secret can be read that way.
    pub(in crate::explain) fn key(&self, format: &KeyFormat) -> Option<Zeroizing<Vec<u8>>> {
        let key = match self {
            // What everybody may know is no secret.
            Self::Secret(secret) if is_of_pair(secret) => None,
            Self::Secret(secret) => format.read(secret).ok(),
            Self::Key(key) => Some(key.clone()),
            Self::Public(_) => None,
        };
        key.filter(|key| !is_blank(key))
    }
}

impl Offers<'_, Secret> {
    /// Offers the secret that stays when something that was put round it is taken off.
    pub(in crate::explain) fn offer_inside(
        &mut self,
        secret: impl Into<Vec<u8>>,
        evidence: impl Into<Evidence>,
    ) -> ControlFlow<()> {
        self.offer(Material::Secret(Zeroizing::new(secret.into())), Change::Wrapped, evidence)
    }

    /// Offers another secret, if there is any of it.
    pub(in crate::explain) fn offer_secret(
        &mut self,
        secret: impl Into<Vec<u8>>,
        evidence: impl Into<Evidence>,
    ) -> ControlFlow<()> {
        let secret = Zeroizing::new(secret.into());
        if secret.is_empty() {
            return ControlFlow::Continue(());
        }
        self.offer(Material::Secret(secret), Change::Altered, evidence)
    }

    /// Offers a key, however the scheme reads secrets.
    pub(in crate::explain) fn offer_key(
        &mut self,
        key: impl Into<Vec<u8>>,
        evidence: impl Into<Evidence>,
    ) -> ControlFlow<()> {
        self.offer(Material::Key(Zeroizing::new(key.into())), Change::Altered, evidence)
    }
}
