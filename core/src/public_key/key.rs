//! Keys that were checked and made ready.

use super::kind::{Family, PublicAlgorithm};
use super::material::{PrivateMaterial, PublicMaterial};
use super::message::Message;

/// A public key made ready for its algorithm.
#[derive(Clone)]
pub(crate) struct PublicKey {
    algorithm: PublicAlgorithm,
    key: Public,
}

#[derive(Clone)]
enum Public {
    #[cfg(feature = "ed25519")]
    Ed25519(ed25519_dalek::VerifyingKey),
    #[cfg(feature = "ecdsa")]
    P256(p256::ecdsa::VerifyingKey),
    #[cfg(feature = "rsa")]
    Rsa(rsa::PublicKey),
}

/// A sender's private key; wiped when dropped.
pub(crate) struct PrivateKey {
    algorithm: PublicAlgorithm,
    key: Private,
}

enum Private {
    #[cfg(feature = "ed25519")]
    Ed25519(ed25519_dalek::SigningKey),
    #[cfg(feature = "ecdsa")]
    P256(p256::ecdsa::SigningKey),
}

#[cfg_attr(
    not(any(feature = "ecdsa", feature = "ed25519", feature = "rsa")),
    expect(unreachable_code, unused_variables, reason = "without a family there is no key")
)]
impl PublicKey {
    /// Checks a key.
    ///
    /// # Errors
    /// What is wrong with it, as the end of a sentence that begins with the key.
    pub(super) fn new(
        algorithm: PublicAlgorithm,
        material: &PublicMaterial,
    ) -> Result<Self, String> {
        let key = match (algorithm.family(), material) {
            #[cfg(feature = "ed25519")]
            (Family::Ed25519, PublicMaterial::Ed25519(bytes)) => {
                Public::Ed25519(super::ed25519::public_key(bytes)?)
            }
            #[cfg(feature = "ecdsa")]
            (Family::P256, PublicMaterial::P256(point)) => {
                Public::P256(super::ecdsa::public_key(point)?)
            }
            #[cfg(feature = "rsa")]
            (Family::Rsa, PublicMaterial::Rsa { modulus, exponent }) => {
                Public::Rsa(super::rsa::public_key(modulus, exponent)?)
            }
            (family, material) => return Err(other_family(family, material.family())),
        };
        Ok(Self { algorithm, key })
    }

    /// Returns `true` if the signature is one of the message by this key's owner.
    pub(crate) fn verifies(&self, message: &Message, signature: &[u8]) -> bool {
        match self.key {
            #[cfg(feature = "ed25519")]
            Public::Ed25519(ref key) => super::ed25519::verifies(key, message.bytes(), signature),
            #[cfg(feature = "ecdsa")]
            Public::P256(ref key) => {
                super::ecdsa::verifies(key, self.algorithm, message.bytes(), signature)
            }
            #[cfg(feature = "rsa")]
            Public::Rsa(ref key) => {
                super::rsa::verifies(key, self.algorithm, message.bytes(), signature)
            }
        }
    }
}

#[cfg_attr(
    not(any(feature = "ecdsa", feature = "ed25519")),
    expect(unreachable_code, unused_variables, reason = "without these nothing signs")
)]
impl PrivateKey {
    /// Checks a key.
    ///
    /// # Errors
    /// What is wrong with it, as the end of a sentence that begins with the key.
    pub(super) fn new(
        algorithm: PublicAlgorithm,
        material: &PrivateMaterial,
    ) -> Result<Self, String> {
        const BROKEN: &str = "holds no number that a private key of this kind can be";
        let key = match (algorithm.family(), material) {
            (Family::Rsa, _) => {
                return Err("is an RSA key, and nothing signs with RSA here: no crate does it \
                            without an open advisory about private keys, so sign with OpenSSL"
                    .to_owned());
            }
            #[cfg(feature = "ed25519")]
            (Family::Ed25519, PrivateMaterial::Ed25519(bytes)) => {
                Private::Ed25519(super::ed25519::private_key(bytes).ok_or(BROKEN)?)
            }
            #[cfg(feature = "ecdsa")]
            (Family::P256, PrivateMaterial::P256(number)) => {
                Private::P256(super::ecdsa::private_key(number).ok_or(BROKEN)?)
            }
            (_, PrivateMaterial::Unreadable) => {
                return Err("is encrypted, or in a format that is not PKCS #8: pass it decrypted"
                    .to_owned());
            }
            (family, PrivateMaterial::Ed25519(_)) => {
                return Err(other_family(family, Family::Ed25519));
            }
            (family, PrivateMaterial::P256(_)) => return Err(other_family(family, Family::P256)),
            (family, PrivateMaterial::Rsa) => return Err(other_family(family, Family::Rsa)),
        };
        Ok(Self { algorithm, key })
    }

    /// Returns the signature of a message.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub(crate) fn sign(&self, message: &Message) -> Result<Vec<u8>, String> {
        match self.key {
            #[cfg(feature = "ed25519")]
            Private::Ed25519(ref key) => Ok(super::ed25519::sign(key, message.bytes())),
            #[cfg(feature = "ecdsa")]
            Private::P256(ref key) => super::ecdsa::sign(key, self.algorithm, message.bytes())
                .ok_or_else(|| "cannot sign".to_owned()),
        }
    }
}

fn other_family(wanted: Family, given: Family) -> String {
    format!("is {}, but the scheme verifies with {}", given.key(), wanted.key())
}
