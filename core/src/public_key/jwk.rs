//! JSON Web Keys and sets of them (RFC 7517, RFC 7518, RFC 8037).

use base64ct::{Base64UrlUnpadded, Encoding as _};
use serde::Deserialize;
use serde::de::IgnoredAny;
use zeroize::{Zeroize, Zeroizing};

use super::kind::PublicAlgorithm;
use super::material::{Material, PrivateMaterial, PublicMaterial};

/// A JSON Web Key as it is written.
#[derive(Deserialize)]
pub(super) struct Jwk {
    kty: String,
    crv: Option<String>,
    x: Option<String>,
    y: Option<String>,
    n: Option<String>,
    e: Option<String>,
    d: Option<String>,
    alg: Option<String>,
    r#use: Option<String>,
    key_ops: Option<Vec<String>>,
    pub(super) kid: Option<String>,
}

/// What a JSON text with keys holds.
pub(super) enum Document {
    One(Box<Jwk>),
    Set(Vec<Jwk>),
}

#[derive(Deserialize)]
struct Written {
    keys: Option<Vec<Jwk>>,
    kty: Option<IgnoredAny>,
}

/// Reads a key or a set of keys.
///
/// # Errors
/// What is wrong with it, as the end of a sentence that begins with the key.
pub(super) fn read(text: &str) -> Result<Document, &'static str> {
    const BROKEN: &str = "looks like a JSON Web Key but is none: it must be one JSON object whose members \
                          are those of RFC 7517, each once";
    let written: Written = serde_json::from_str(text).map_err(|_| BROKEN)?;
    match (written.keys, written.kty) {
        (Some(keys), None) => Ok(Document::Set(keys)),
        (None, Some(_)) => match serde_json::from_str(text) {
            Ok(key) => Ok(Document::One(Box::new(key))),
            Err(_) => Err(BROKEN),
        },
        _ => Err(BROKEN),
    }
}

impl Jwk {
    /// Returns `true` if the key is meant for other things than this algorithm's signatures, as a set
    /// may hold some.
    pub(super) fn is_for_another(&self, algorithm: PublicAlgorithm) -> bool {
        !matches!(self.kty.as_str(), "OKP" | "EC" | "RSA")
            || self.r#use.as_ref().is_some_and(|r#use| r#use != "sig")
            || self.alg.as_ref().is_some_and(|alg| !algorithm.jwk_names().contains(&alg.as_str()))
            || matches!(self.material(), Ok(Material::Public(key)) if key.family() != algorithm.family())
    }

    /// Checks that the key says of itself that it is for this algorithm's signatures, or nothing.
    pub(super) fn check_purpose(&self, algorithm: PublicAlgorithm) -> Result<(), &'static str> {
        if self.alg.as_ref().is_some_and(|alg| !algorithm.jwk_names().contains(&alg.as_str())) {
            return Err("is a JSON Web Key whose `alg` is not the scheme's algorithm");
        }
        if self.r#use.as_ref().is_some_and(|r#use| r#use != "sig") {
            return Err("is a JSON Web Key whose `use` is not `sig`: it is not for signatures");
        }
        let operation = if self.d.is_some() { "sign" } else { "verify" };
        if self.key_ops.as_ref().is_some_and(|all| !all.iter().any(|one| one == operation)) {
            return Err(
                "is a JSON Web Key whose `key_ops` do not allow what it is needed for: `verify` \
                        for a public key, `sign` for a private one",
            );
        }
        Ok(())
    }

    /// The key's numbers.
    pub(super) fn material(&self) -> Result<Material, &'static str> {
        let is_private = self.d.is_some();
        let crv = self.crv.as_deref();
        match (self.kty.as_str(), crv) {
            ("OKP", Some("Ed25519")) if is_private => Ok(Material::Private(
                PrivateMaterial::Ed25519(Zeroizing::new(bytes(self.d.as_ref())?)),
            )),
            ("OKP", Some("Ed25519")) => {
                Ok(Material::Public(PublicMaterial::Ed25519(bytes(self.x.as_ref())?)))
            }
            ("EC", Some("P-256")) if is_private => Ok(Material::Private(PrivateMaterial::P256(
                Zeroizing::new(bytes(self.d.as_ref())?),
            ))),
            ("EC", Some("P-256")) => {
                let (x, y) = (bytes(self.x.as_ref())?, bytes(self.y.as_ref())?);
                if x.len() != 32 || y.len() != 32 {
                    return Err(
                        "is a JSON Web Key whose `x` or `y` is not of 32 bytes, as P-256's are",
                    );
                }
                Ok(Material::Public(PublicMaterial::P256([&[0x04], &x[..], &y].concat())))
            }
            ("RSA", None) if is_private => Ok(Material::Private(PrivateMaterial::Rsa)),
            ("RSA", None) => Ok(Material::Public(PublicMaterial::Rsa {
                modulus: bytes(self.n.as_ref())?,
                exponent: bytes(self.e.as_ref())?,
            })),
            ("oct", _) => Err("is a JSON Web Key with a shared secret (`oct`), not a public key"),
            _ => Err("is a JSON Web Key of a kind or curve other than Ed25519, P-256 and RSA, or \
                      whose `kty` and `crv` do not agree"),
        }
    }
}

/// Wipes the private number.
impl Drop for Jwk {
    fn drop(&mut self) {
        self.d.zeroize();
    }
}

fn bytes(member: Option<&String>) -> Result<Vec<u8>, &'static str> {
    member.and_then(|text| Base64UrlUnpadded::decode_vec(text).ok()).ok_or(
        "is a JSON Web Key that lacks a number, or has one that is not base64url without padding",
    )
}
