//! The algorithms of public keys.

use core::ops::RangeInclusive;

/// The algorithms with public keys that schemes may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PublicAlgorithm {
    Ed25519,
    /// The two numbers of a signature one after the other, each of 32 bytes.
    EcdsaP256Sha256,
    /// The two numbers of a signature as DER.
    EcdsaP256Sha256Der,
    RsaPkcs1Sha256,
    RsaPkcs1Sha512,
    RsaPssSha256,
    RsaPssSha512,
}

/// True if this build verifies with public keys of any kind.
pub(crate) const ANY_IS_BUILT: bool =
    cfg!(any(feature = "ecdsa", feature = "ed25519", feature = "rsa"));

/// The kinds of public key, each with the cargo feature of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    Ed25519,
    P256,
    Rsa,
}

impl PublicAlgorithm {
    /// Returns the algorithm's name for messages.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Ed25519 => "Ed25519",
            Self::EcdsaP256Sha256 | Self::EcdsaP256Sha256Der => "ECDSA P-256 with SHA-256",
            Self::RsaPkcs1Sha256 => "RSA (PKCS #1 v1.5) with SHA-256",
            Self::RsaPkcs1Sha512 => "RSA (PKCS #1 v1.5) with SHA-512",
            Self::RsaPssSha256 => "RSA-PSS with SHA-256",
            Self::RsaPssSha512 => "RSA-PSS with SHA-512",
        }
    }

    /// Returns the name of the hash that is signed.
    pub(crate) const fn hash(self) -> &'static str {
        match self {
            Self::EcdsaP256Sha256
            | Self::EcdsaP256Sha256Der
            | Self::RsaPkcs1Sha256
            | Self::RsaPssSha256 => "sha256",
            Self::Ed25519 | Self::RsaPkcs1Sha512 | Self::RsaPssSha512 => "sha512",
        }
    }

    /// Returns the algorithm without the way in which its signatures are written.
    pub(crate) const fn primitive(self) -> Self {
        match self {
            Self::EcdsaP256Sha256Der => Self::EcdsaP256Sha256,
            other => other,
        }
    }

    pub(crate) const fn family(self) -> Family {
        match self {
            Self::Ed25519 => Family::Ed25519,
            Self::EcdsaP256Sha256 | Self::EcdsaP256Sha256Der => Family::P256,
            Self::RsaPkcs1Sha256
            | Self::RsaPkcs1Sha512
            | Self::RsaPssSha256
            | Self::RsaPssSha512 => Family::Rsa,
        }
    }

    /// The lengths in bytes that a signature may have.
    pub(crate) const fn signature_len(self) -> RangeInclusive<usize> {
        match self {
            Self::Ed25519 | Self::EcdsaP256Sha256 => 64..=64,
            // Two integers of 1 to 33 bytes, each behind 2 bytes, all behind 2 more.
            Self::EcdsaP256Sha256Der => 8..=72,
            // As long as the modulus.
            Self::RsaPkcs1Sha256
            | Self::RsaPkcs1Sha512
            | Self::RsaPssSha256
            | Self::RsaPssSha512 => 256..=1024,
        }
    }

    /// Returns `true` if all signatures are equally long.
    pub(crate) const fn has_one_length(self) -> bool {
        let lengths = self.signature_len();
        *lengths.start() == *lengths.end()
    }

    /// The name that a JSON Web Key gives the algorithm (RFC 7518, RFC 8037, RFC 9864).
    pub(crate) const fn jwk_names(self) -> &'static [&'static str] {
        match self {
            Self::Ed25519 => &["EdDSA", "Ed25519"],
            Self::EcdsaP256Sha256 | Self::EcdsaP256Sha256Der => &["ES256"],
            Self::RsaPkcs1Sha256 => &["RS256"],
            Self::RsaPkcs1Sha512 => &["RS512"],
            Self::RsaPssSha256 => &["PS256"],
            Self::RsaPssSha512 => &["PS512"],
        }
    }
}

impl Family {
    /// The cargo feature that verifies with keys of this kind.
    pub(crate) const fn feature(self) -> &'static str {
        match self {
            Self::Ed25519 => "ed25519",
            Self::P256 => "ecdsa",
            Self::Rsa => "rsa",
        }
    }

    /// Returns `true` if this build has the feature.
    pub(crate) const fn is_built(self) -> bool {
        match self {
            Self::Ed25519 => cfg!(feature = "ed25519"),
            Self::P256 => cfg!(feature = "ecdsa"),
            Self::Rsa => cfg!(feature = "rsa"),
        }
    }

    /// Returns `true` if this build can make pairs of this kind.
    pub(crate) const fn is_made(self) -> bool {
        self.is_built() && !matches!(self, Self::Rsa)
    }

    /// Returns what a key of this kind is called, without an article.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Ed25519 => "an Ed25519 key",
            Self::P256 => "a P-256 key",
            Self::Rsa => "an RSA key",
        }
    }

    /// Returns the ways in which a public key of this kind may be written.
    pub(crate) const fn ways(self) -> &'static str {
        match self {
            Self::Ed25519 => {
                "PEM (`-----BEGIN PUBLIC KEY-----`), a JSON Web Key, `whpk_…`, or its 32 bytes in \
                 hexadecimal or base64"
            }
            Self::P256 => {
                "PEM (`-----BEGIN PUBLIC KEY-----`), DER in base64, a JSON Web Key, or its point in \
                 hexadecimal or base64"
            }
            Self::Rsa => {
                "PEM (`-----BEGIN PUBLIC KEY-----` or a certificate), DER in base64, or a JSON Web \
                 Key"
            }
        }
    }
}
