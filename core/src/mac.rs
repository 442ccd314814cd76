use hmac::{Hmac, KeyInit, Mac};
use sha1::{Digest as _, Sha1};
use sha2::{Sha256, Sha384, Sha512};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use crate::public_key::PublicAlgorithm;

/// The algorithms that schemes may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Algorithm {
    HmacSha1,
    HmacSha256,
    HmacSha384,
    HmacSha512,
    /// A hash without a key; the secret is a part of what is hashed.
    Sha256,
    Sha512,
    /// Nothing is signed: the secret itself is sent.
    Token,
    /// The same, as HTTP's Basic credentials.
    Basic,
    /// A signature of the sender's private key, which its public key checks.
    Public(PublicAlgorithm),
}

impl Algorithm {
    /// Those whose digests may stand in for one another when what was signed is looked for.
    pub(crate) const MACS: [Self; 4] =
        [Self::HmacSha1, Self::HmacSha256, Self::HmacSha384, Self::HmacSha512];

    /// Returns `true` if it is an HMAC.
    pub(crate) const fn is_hmac(self) -> bool {
        !self.is_plain() && !self.is_token() && self.public().is_none()
    }

    /// Returns `true` if it hashes with the secret as a part of the content.
    pub(crate) const fn is_plain(self) -> bool {
        matches!(self, Self::Sha256 | Self::Sha512)
    }

    /// Returns `true` if what is sent is the secret, and signs nothing.
    pub(crate) const fn is_token(self) -> bool {
        matches!(self, Self::Token | Self::Basic)
    }

    /// Returns the algorithm's name for messages.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::HmacSha1 => "HMAC-SHA1",
            Self::HmacSha256 => "HMAC-SHA256",
            Self::HmacSha384 => "HMAC-SHA384",
            Self::HmacSha512 => "HMAC-SHA512",
            Self::Sha256 => "SHA-256",
            Self::Sha512 => "SHA-512",
            Self::Token => "a token",
            Self::Basic => "Basic credentials",
            Self::Public(algorithm) => algorithm.name(),
        }
    }

    /// Returns the name that senders give its hash in a header.
    pub(crate) const fn hash(self) -> &'static str {
        match self {
            Self::HmacSha1 => "sha1",
            Self::HmacSha256 | Self::Sha256 => "sha256",
            Self::HmacSha384 => "sha384",
            Self::HmacSha512 | Self::Sha512 => "sha512",
            Self::Token => "token",
            Self::Basic => "basic",
            Self::Public(algorithm) => algorithm.hash(),
        }
    }

    /// Returns the algorithm if the receiver has a public key for it, not a secret.
    pub(crate) const fn public(self) -> Option<PublicAlgorithm> {
        match self {
            Self::Public(algorithm) => Some(algorithm),
            _ => None,
        }
    }

    /// Returns `true` if a signature of the one may be one of the other with the same key.
    pub(crate) fn shares_signatures(self, other: Self) -> bool {
        match (self, other) {
            (Self::Public(one), Self::Public(other)) => one.primitive() == other.primitive(),
            _ => self == other,
        }
    }

    /// The digest's length in bytes; of signatures with several lengths, the longest. Of tokens,
    /// hashes are compared.
    pub(crate) const fn digest_len(self) -> usize {
        match self {
            Self::HmacSha1 => 20,
            Self::HmacSha256 | Self::Sha256 | Self::Token | Self::Basic => 32,
            Self::HmacSha384 => 48,
            Self::HmacSha512 | Self::Sha512 => 64,
            Self::Public(algorithm) => *algorithm.signature_len().end(),
        }
    }
}

/// A digest of any of the algorithms, with zeros after it.
#[derive(Clone)]
pub(crate) struct Digest {
    bytes: [u8; 64],
    len: usize,
}

impl Digest {
    /// The digest of a secret that is sent as it is: how long the secret is does not show in the
    /// time that it takes to compare these.
    pub(crate) fn of_token(token: &[u8]) -> Self {
        Self::new(&Sha256::digest(token)).expect("it is of 32 bytes")
    }

    /// `None` if the bytes are more than any algorithm gives.
    pub(crate) fn new(digest: &[u8]) -> Option<Self> {
        let mut bytes = [0; 64];
        bytes.get_mut(..digest.len())?.copy_from_slice(digest);
        Some(Self { bytes, len: digest.len() })
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    /// Takes the same time wherever the two differ.
    pub(crate) fn equals(&self, other: &Self) -> bool {
        // By words, of which there are fewer than bytes; what stands after a digest is zero.
        let same = self.words()[..].ct_eq(&other.words()[..]);
        self.len == other.len && bool::from(same)
    }

    fn words(&self) -> [u64; 8] {
        let (words, _) = self.bytes.as_chunks();
        core::array::from_fn(|at| u64::from_ne_bytes(words[at]))
    }
}

/// A key made ready for its algorithm; wiped when dropped.
#[derive(Clone)]
pub(crate) enum Keyed {
    Sha1(Hmac<Sha1>),
    Sha256(Hmac<Sha256>),
    Sha384(Hmac<Sha384>),
    Sha512(Hmac<Sha512>),
    Unkeyed(Unkeyed),
}

/// A secret that is no key: a part of what is hashed, or sent as it is.
#[derive(Clone)]
pub(crate) struct Unkeyed {
    algorithm: Algorithm,
    secret: Zeroizing<Vec<u8>>,
}

impl Keyed {
    /// `None` for an algorithm with public keys.
    pub(crate) fn new(algorithm: Algorithm, key: &[u8]) -> Option<Self> {
        const ANY_LENGTH: &str = "HMAC takes keys of any length";
        Some(match algorithm {
            Algorithm::HmacSha1 => Self::Sha1(Hmac::new_from_slice(key).expect(ANY_LENGTH)),
            Algorithm::HmacSha256 => Self::Sha256(Hmac::new_from_slice(key).expect(ANY_LENGTH)),
            Algorithm::HmacSha384 => Self::Sha384(Hmac::new_from_slice(key).expect(ANY_LENGTH)),
            Algorithm::HmacSha512 => Self::Sha512(Hmac::new_from_slice(key).expect(ANY_LENGTH)),
            Algorithm::Sha256 | Algorithm::Sha512 | Algorithm::Token | Algorithm::Basic => {
                Self::Unkeyed(Unkeyed { algorithm, secret: Zeroizing::new(key.to_vec()) })
            }
            Algorithm::Public(_) => return None,
        })
    }

    pub(crate) const fn algorithm(&self) -> Algorithm {
        match self {
            Self::Sha1(_) => Algorithm::HmacSha1,
            Self::Sha256(_) => Algorithm::HmacSha256,
            Self::Sha384(_) => Algorithm::HmacSha384,
            Self::Sha512(_) => Algorithm::HmacSha512,
            Self::Unkeyed(unkeyed) => unkeyed.algorithm,
        }
    }

    /// The secret, where it is hashed or sent itself; nothing of a key.
    pub(crate) fn secret(&self) -> &[u8] {
        match self {
            Self::Unkeyed(unkeyed) => &unkeyed.secret,
            _ => &[],
        }
    }

    /// The digest of the parts, one after another.
    pub(crate) fn digest<'p>(&self, parts: impl Iterator<Item = &'p [u8]>) -> Digest {
        match self {
            Self::Sha1(mac) => digest(mac, parts),
            Self::Sha256(mac) => digest(mac, parts),
            Self::Sha384(mac) => digest(mac, parts),
            Self::Sha512(mac) => digest(mac, parts),
            Self::Unkeyed(Unkeyed { algorithm: Algorithm::Sha256, .. }) => hash::<Sha256>(parts),
            Self::Unkeyed(Unkeyed { algorithm: Algorithm::Sha512, .. }) => hash::<Sha512>(parts),
            Self::Unkeyed(Unkeyed { secret, .. }) => Digest::of_token(secret),
        }
    }
}

fn hash<'p, H: sha2::Digest>(parts: impl Iterator<Item = &'p [u8]>) -> Digest {
    let mut hash = H::new();
    for part in parts {
        hash.update(part);
    }
    Digest::new(&hash.finalize()).expect("no algorithm's digest is longer than 64 bytes")
}

fn digest<'p, M: Mac + Clone>(keyed: &M, parts: impl Iterator<Item = &'p [u8]>) -> Digest {
    let mut mac = keyed.clone();
    for part in parts {
        mac.update(part);
    }
    let output = mac.finalize().into_bytes();
    Digest::new(&output).expect("no algorithm's digest is longer than 64 bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An `Hmac` holds nothing of its key but two states of its hash.
    #[test]
    fn keyed_states_are_wiped_when_dropped() {
        fn wiped<T: zeroize::ZeroizeOnDrop>() {}
        wiped::<Sha1>();
        wiped::<Sha256>();
        wiped::<Sha384>();
        wiped::<Sha512>();
    }
}
