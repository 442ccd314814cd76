//! ECDSA over P-256 (FIPS 186-5).

use p256::ecdsa::signature::hazmat::{PrehashSigner as _, PrehashVerifier as _};
use p256::ecdsa::{Signature, SigningKey, VerifyingKey};

use super::kind::PublicAlgorithm;

/// Reads a public key: a point in SEC 1's encoding.
///
/// # Errors
/// What is wrong with it, as the end of a sentence that begins with the key.
pub(super) fn public_key(point: &[u8]) -> Result<VerifyingKey, &'static str> {
    VerifyingKey::from_sec1_bytes(point).map_err(|_| "is not a point of the curve P-256")
}

/// Checks a signature of a message's digest. Of the two signatures that fit, which anybody can make
/// of each other, both are right: senders make either.
pub(super) fn verifies(
    key: &VerifyingKey,
    algorithm: PublicAlgorithm,
    digest: &[u8],
    signature: &[u8],
) -> bool {
    let signature = match algorithm {
        PublicAlgorithm::EcdsaP256Sha256Der => Signature::from_der(signature),
        _ => Signature::from_slice(signature),
    };
    signature.is_ok_and(|signature| key.verify_prehash(digest, &signature).is_ok())
}

/// Reads a private key: the number.
pub(super) fn private_key(number: &[u8]) -> Option<SigningKey> {
    SigningKey::from_slice(number).ok()
}

pub(super) fn sign(key: &SigningKey, algorithm: PublicAlgorithm, digest: &[u8]) -> Option<Vec<u8>> {
    let signature: Signature = key.sign_prehash(digest).ok()?;
    Some(match algorithm {
        PublicAlgorithm::EcdsaP256Sha256Der => signature.to_der().as_bytes().to_vec(),
        _ => signature.to_bytes().to_vec(),
    })
}
