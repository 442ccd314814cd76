//! What a signature is checked against.

use sha2::{Digest as _, Sha256, Sha512};

use super::kind::PublicAlgorithm;

/// The signed bytes, made ready for an algorithm: once for all keys and signatures.
pub(crate) enum Message {
    /// Ed25519 hashes them together with the key and the signature.
    Whole(Vec<u8>),
    Sha256([u8; 32]),
    Sha512([u8; 64]),
}

impl Message {
    pub(crate) fn new<'p>(
        algorithm: PublicAlgorithm,
        parts: impl Iterator<Item = &'p [u8]>,
    ) -> Self {
        match algorithm {
            PublicAlgorithm::Ed25519 => Self::Whole(parts.fold(Vec::new(), |mut whole, part| {
                whole.extend_from_slice(part);
                whole
            })),
            PublicAlgorithm::EcdsaP256Sha256
            | PublicAlgorithm::EcdsaP256Sha256Der
            | PublicAlgorithm::RsaPkcs1Sha256
            | PublicAlgorithm::RsaPssSha256 => {
                Self::Sha256(parts.fold(Sha256::new(), Sha256::chain_update).finalize().into())
            }
            PublicAlgorithm::RsaPkcs1Sha512 | PublicAlgorithm::RsaPssSha512 => {
                Self::Sha512(parts.fold(Sha512::new(), Sha512::chain_update).finalize().into())
            }
        }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        match self {
            Self::Whole(bytes) => bytes,
            Self::Sha256(digest) => digest,
            Self::Sha512(digest) => digest,
        }
    }
}
