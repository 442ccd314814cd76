//! Making key pairs, for tests.

#[cfg(any(feature = "ecdsa", feature = "ed25519"))]
use base64ct::{Base64, Encoding as _};
use zeroize::Zeroizing;

use super::kind::{Family, PublicAlgorithm};

/// The beginnings of the structures that hold a key (RFC 8410, RFC 5480, RFC 5915): the rest is the
/// key's bytes.
#[cfg(feature = "ed25519")]
const ED25519_PUBLIC: &[u8] = b"\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00";
#[cfg(feature = "ed25519")]
const ED25519_PRIVATE: &[u8] = b"\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20";
#[cfg(feature = "ecdsa")]
const P256_PUBLIC: &[u8] =
    b"\x30\x59\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\
    \xce\x3d\x03\x01\x07\x03\x42\x00";
#[cfg(feature = "ecdsa")]
const P256_PRIVATE: &[u8] =
    b"\x30\x41\x02\x01\x00\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\
    \x2a\x86\x48\xce\x3d\x03\x01\x07\x04\x27\x30\x25\x02\x01\x01\x04\x20";

/// Makes a public and a private key of random bytes: as PEM, or with the prefixes of Standard
/// Webhooks where these are the sender's.
///
/// # Errors
/// Why there is none, as the end of a sentence that begins with the key.
#[cfg_attr(
    not(all(feature = "ecdsa", feature = "ed25519")),
    expect(unused_variables, reason = "without a family there is no key")
)]
pub(crate) fn new_pair(
    algorithm: PublicAlgorithm,
    random: &[u8; 32],
    of_standard_webhooks: bool,
) -> Result<(String, Zeroizing<String>), String> {
    match algorithm.family() {
        #[cfg(feature = "ed25519")]
        Family::Ed25519 => {
            let key = ed25519_dalek::SigningKey::from_bytes(random);
            let public = key.verifying_key().to_bytes();
            if of_standard_webhooks {
                let both = Zeroizing::new(key.to_keypair_bytes());
                let private = Zeroizing::new(Base64::encode_string(&*both));
                let public = format!("whpk_{}", Base64::encode_string(&public));
                return Ok((public, Zeroizing::new(format!("whsk_{}", *private))));
            }
            Ok(pems(&[ED25519_PUBLIC, &public], &[ED25519_PRIVATE, random]))
        }
        #[cfg(feature = "ecdsa")]
        Family::P256 => {
            let key = super::ecdsa::private_key(random)
                .ok_or("cannot be made of these random bytes: try it again")?;
            let point = key.verifying_key().to_sec1_point(false);
            Ok(pems(&[P256_PUBLIC, point.as_bytes()], &[P256_PRIVATE, random]))
        }
        Family::Rsa => {
            Err("is an RSA key, which is not made here, and with which nothing signs here: \
                            use `openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out \
                            private.pem`, then `openssl pkey -in private.pem -pubout`"
                .to_owned())
        }
        #[cfg(not(all(feature = "ecdsa", feature = "ed25519")))]
        family => Err(format!(
            "cannot be made by this build of hookseal, which is without the cargo feature `{}`",
            family.feature()
        )),
    }
}

#[cfg(any(feature = "ecdsa", feature = "ed25519"))]
fn pems(public: &[&[u8]], private: &[&[u8]]) -> (String, Zeroizing<String>) {
    let private = Zeroizing::new(private.concat());
    (pem("PUBLIC KEY", &public.concat()), Zeroizing::new(pem("PRIVATE KEY", &private)))
}

/// PEM (RFC 7468), in lines of 64 characters, without a newline at its end.
#[cfg(any(feature = "ecdsa", feature = "ed25519"))]
fn pem(label: &str, der: &[u8]) -> String {
    let base64 = Zeroizing::new(Base64::encode_string(der));
    let mut pem = format!("-----BEGIN {label}-----\n");
    let mut rest = base64.as_str();
    while !rest.is_empty() {
        let (line, more) = rest.split_at(rest.len().min(64));
        pem.push_str(line);
        pem.push('\n');
        rest = more;
    }
    pem + &format!("-----END {label}-----")
}
