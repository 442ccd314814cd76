//! The numbers of a key, as they were written and not yet checked.

use zeroize::Zeroizing;

use super::kind::Family;

/// What a text says about a key.
pub(super) enum Material {
    Public(PublicMaterial),
    Private(PrivateMaterial),
}

pub(super) enum PublicMaterial {
    Ed25519(Vec<u8>),
    /// A point in SEC 1's encoding.
    P256(Vec<u8>),
    /// Both big-endian.
    Rsa {
        modulus: Vec<u8>,
        exponent: Vec<u8>,
    },
}

/// A private key, which only `sign` takes.
pub(super) enum PrivateMaterial {
    Ed25519(Zeroizing<Vec<u8>>),
    P256(Zeroizing<Vec<u8>>),
    /// Nothing signs with one here.
    Rsa,
    /// One that nobody can read without its password, or that is of another program's format.
    Unreadable,
}

impl PublicMaterial {
    pub(super) fn family(&self) -> Family {
        match self {
            Self::Ed25519(_) => Family::Ed25519,
            Self::P256(_) => Family::P256,
            Self::Rsa { .. } => Family::Rsa,
        }
    }
}
