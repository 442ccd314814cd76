//! The texts that a key may be given as.

use base64ct::{Base64, Base64Unpadded};

use crate::digits;

/// What a text that was given as a key or a secret is, judged by how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape<'t> {
    Pem,
    /// A JSON Web Key, or a set of them.
    Jwk,
    /// A public key of Standard Webhooks, and its base64.
    WebhookPublic(&'t str),
    /// A private key of Standard Webhooks, and its base64.
    WebhookPrivate(&'t str),
    /// A secret of Standard Webhooks.
    WebhookSecret,
    /// Base64 of DER that holds a key of a pair.
    Der,
    Other,
}

/// Returns what a text is, judged by how it looks.
pub(crate) fn shape(text: &str) -> Shape<'_> {
    let without = |version: &str| text.strip_prefix(version).unwrap_or(text);
    if text.trim_start().starts_with("-----BEGIN ") {
        Shape::Pem
    } else if is_jwk(text) {
        Shape::Jwk
    } else if let Some(base64) = without("v1a,").strip_prefix("whpk_") {
        Shape::WebhookPublic(base64)
    } else if let Some(base64) = without("v1a,").strip_prefix("whsk_") {
        Shape::WebhookPrivate(base64)
    } else if without("v1,").starts_with("whsec_") {
        Shape::WebhookSecret
    } else if decode_base64(text.as_bytes()).is_some_and(|der| is_key_of_pair(&der)) {
        Shape::Der
    } else {
        Shape::Other
    }
}

impl Shape<'_> {
    /// Returns `true` if it is a key of a pair, as no shared secret looks.
    pub(crate) fn is_of_pair(self) -> bool {
        !matches!(self, Self::WebhookSecret | Self::Other)
    }
}

/// The bytes of standard base64, padded or not.
pub(super) fn decode_base64(text: &[u8]) -> Option<Vec<u8>> {
    digits::decode_base64::<Base64, Base64Unpadded>(text)
}

/// Returns `true` if it is a JSON object that says a key's type, or lists keys.
fn is_jwk(text: &str) -> bool {
    text.trim_start().starts_with('{') && (text.contains("\"kty\"") || text.contains("\"keys\""))
}

/// Returns `true` for a sequence that names an algorithm of keys, as every structure with such a
/// key does but for a bare RSA key, which begins with its modulus.
fn is_key_of_pair(der: &[u8]) -> bool {
    const ED25519: &[u8] = &[0x06, 0x03, 0x2b, 0x65, 0x70];
    const EC: &[u8] = &[0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
    const RSA: &[u8] = &[0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01];
    let names = |name: &&[u8]| der.windows(name.len()).any(|at| at == *name);
    match der {
        [0x30, 0x82, _, _, 0x02, 0x82, ..] => true,
        [0x30, ..] => [ED25519, EC, RSA].iter().any(names),
        _ => false,
    }
}
