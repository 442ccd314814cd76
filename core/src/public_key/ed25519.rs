//! Ed25519 (RFC 8032).

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

/// Reads a public key.
///
/// # Errors
/// What is wrong with it, as the end of a sentence that begins with the key.
pub(super) fn public_key(bytes: &[u8]) -> Result<VerifyingKey, &'static str> {
    let bytes = bytes.try_into().map_err(|_| "is not of 32 bytes, as Ed25519's keys are")?;
    let key = VerifyingKey::from_bytes(bytes).map_err(|_| "is not a point of Ed25519's curve")?;
    if key.is_weak() {
        return Err(
            "is a point of small order: one signature would fit many messages, and no sender \
                    has such a key",
        );
    }
    Ok(key)
}

/// Checks a signature so that it fits one key and one message only: every check of RFC 8032, and
/// no point of small order.
pub(super) fn verifies(key: &VerifyingKey, message: &[u8], signature: &[u8]) -> bool {
    Signature::from_slice(signature)
        .is_ok_and(|signature| key.verify_strict(message, &signature).is_ok())
}

/// Reads a private key: the seed, or the seed and the public key that belongs to it.
pub(super) fn private_key(bytes: &[u8]) -> Option<SigningKey> {
    match bytes.len() {
        32 => Some(SigningKey::from_bytes(bytes.try_into().ok()?)),
        64 => SigningKey::from_keypair_bytes(bytes.try_into().ok()?).ok(),
        _ => None,
    }
}

pub(super) fn sign(key: &SigningKey, message: &[u8]) -> Vec<u8> {
    key.sign(message).to_bytes().to_vec()
}
