//! RSA signatures (RFC 8017). Nothing here has a private key: the one open advisory of the crate,
//! RUSTSEC-2023-0071, is about operations with those.

use rsa::{BoxedUint, PublicKey};
use sha2::{Sha256, Sha512};

use super::kind::PublicAlgorithm;

/// The modulus in bits: a shorter one can be factored, and a longer one makes verifying slow.
const MODULUS: core::ops::RangeInclusive<usize> = 2048..=8192;

/// The usual exponent, and the smallest that is accepted.
const EXPONENT: [u8; 3] = [0x01, 0x00, 0x01];

/// Reads a public key.
///
/// # Errors
/// What is wrong with it, as the end of a sentence that begins with the key.
pub(super) fn public_key(modulus: &[u8], exponent: &[u8]) -> Result<PublicKey, &'static str> {
    let (modulus, exponent) = (without_zeros(modulus), without_zeros(exponent));
    let bits = match modulus.first() {
        Some(first) => modulus.len() * 8 - first.leading_zeros() as usize,
        None => 0,
    };
    if !MODULUS.contains(&bits) {
        return Err("is an RSA key whose modulus is not of 2048 to 8192 bits");
    }
    let is_small = (exponent.len(), exponent) < (EXPONENT.len(), &EXPONENT);
    if is_small || exponent.last().is_none_or(|last| last % 2 == 0) {
        return Err("is an RSA key whose exponent is even or less than 65537");
    }
    let number = BoxedUint::from_be_slice_vartime;
    PublicKey::new_with_size_limits(number(modulus), number(exponent), MODULUS)
        .map_err(|_| "is an RSA key with numbers that cannot be those of one")
}

/// Checks a signature of a message's digest.
pub(super) fn verifies(
    key: &PublicKey,
    algorithm: PublicAlgorithm,
    digest: &[u8],
    signature: &[u8],
) -> bool {
    // Each checks that the signature is as long as the modulus, PSS that the salt is as long as the
    // hash.
    let result = match algorithm {
        PublicAlgorithm::RsaPkcs1Sha256 => key.pkcs1v15_verify_prehash::<Sha256>(digest, signature),
        PublicAlgorithm::RsaPkcs1Sha512 => key.pkcs1v15_verify_prehash::<Sha512>(digest, signature),
        PublicAlgorithm::RsaPssSha256 => key.pss_verify_prehash::<Sha256>(digest, signature),
        PublicAlgorithm::RsaPssSha512 => key.pss_verify_prehash::<Sha512>(digest, signature),
        PublicAlgorithm::Ed25519
        | PublicAlgorithm::EcdsaP256Sha256
        | PublicAlgorithm::EcdsaP256Sha256Der => return false,
    };
    result.is_ok()
}

fn without_zeros(number: &[u8]) -> &[u8] {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    &number[zeros..]
}
