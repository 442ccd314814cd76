//! Reading the keys that a receiver or a test was given.

use zeroize::Zeroizing;

use super::jwk::{self, Jwk};
use super::key::{PrivateKey, PublicKey};
use super::kind::{ANY_IS_BUILT, Family, PublicAlgorithm};
use super::material::{Material, PrivateMaterial, PublicMaterial};
use super::text::{Shape, decode_base64, shape};
use super::{der, pem};
use crate::digits::decode_hex;

/// What was given in one text: a key, or a set of keys that are told apart by their ids.
#[derive(Clone)]
pub(crate) struct KeySet {
    algorithm: PublicAlgorithm,
    keys: Vec<(Option<String>, PublicKey)>,
}

impl KeySet {
    pub(crate) fn algorithm(&self) -> PublicAlgorithm {
        self.algorithm
    }

    /// The id of the first key, if it has one.
    pub(crate) fn id(&self) -> Option<&str> {
        self.keys.first()?.0.as_deref()
    }

    /// The key that a delivery's key id names. A key that has no id is for every delivery; without
    /// an id in the delivery there is only such a key.
    pub(crate) fn key(&self, id: Option<&str>) -> Option<&PublicKey> {
        let is_named = |(own, _): &&(Option<String>, PublicKey)| match own {
            Some(own) => Some(own.as_str()) == id,
            None => true,
        };
        self.keys.iter().find(is_named).map(|(_, key)| key)
    }
}

/// Said first, so that a build without any is linked without what reads keys.
const NOT_BUILT: &str = "cannot be used: this build of hookseal has none of the cargo features \
     `ecdsa`, `ed25519` and `rsa`";

/// Reads the public key or the set of keys in a text. With `by_id`, deliveries say which key they
/// were signed with.
///
/// # Errors
/// What is wrong with it, as the end of a sentence that begins with the key. It has no part of the
/// text.
pub(crate) fn read_public(
    algorithm: PublicAlgorithm,
    by_id: bool,
    text: &str,
) -> Result<KeySet, String> {
    if !ANY_IS_BUILT {
        return Err(NOT_BUILT.to_owned());
    }
    if shape(text) == Shape::Jwk
        && let jwk::Document::Set(keys) = jwk::read(text)?
    {
        if !by_id {
            return Err(
                "is a set of JSON Web Keys, and the scheme names no header that says which \
                        of them a delivery was signed with: pass the one key"
                    .to_owned(),
            );
        }
        return key_set(algorithm, &keys);
    }
    let (id, material) = read(algorithm, text)?;
    let key = PublicKey::new(algorithm, &public(algorithm, material)?)?;
    Ok(KeySet { algorithm, keys: vec![(id.filter(|_| by_id), key)] })
}

/// Reads the private key in a text, to sign with.
///
/// # Errors
/// As [`read_public`].
pub(crate) fn read_private(algorithm: PublicAlgorithm, text: &str) -> Result<PrivateKey, String> {
    if !ANY_IS_BUILT {
        return Err(NOT_BUILT.to_owned());
    }
    let material = match (shape(text), algorithm.family()) {
        (Shape::Other, Family::Ed25519 | Family::P256) => {
            let number = Zeroizing::new(raw(text).ok_or(
                "is no private key: it must be PEM (`-----BEGIN PRIVATE KEY-----`), a JSON Web Key, or \
                 the 32 bytes of its number in hexadecimal or base64",
            )?);
            match algorithm.family() {
                Family::Ed25519 => Material::Private(PrivateMaterial::Ed25519(number)),
                _ => Material::Private(PrivateMaterial::P256(number)),
            }
        }
        _ => read(algorithm, text)?.1,
    };
    match material {
        Material::Private(key) => PrivateKey::new(algorithm, &key),
        Material::Public(_) => {
            Err("is a public key, which only verifies: signing needs the private one".to_owned())
        }
    }
}

/// The keys of a set that are for this algorithm, of which each must have an id of its own.
fn key_set(algorithm: PublicAlgorithm, keys: &[Jwk]) -> Result<KeySet, String> {
    let mut read: Vec<(Option<String>, PublicKey)> = Vec::new();
    for jwk in keys.iter().filter(|jwk| !jwk.is_for_another(algorithm)) {
        jwk.check_purpose(algorithm)?;
        let Some(id) = &jwk.kid else {
            return Err("is a set in which a JSON Web Key has no `kid`, so nothing could name it"
                .to_owned());
        };
        if read.iter().any(|(other, _)| other.as_ref() == Some(id)) {
            return Err("is a set in which two JSON Web Keys have the same `kid`".to_owned());
        }
        let key = PublicKey::new(algorithm, &public(algorithm, jwk.material()?)?)?;
        read.push((Some(id.clone()), key));
    }
    if read.is_empty() {
        return Err(format!("is a set without a JSON Web Key for {}", algorithm.name()));
    }
    Ok(KeySet { algorithm, keys: read })
}

fn public(algorithm: PublicAlgorithm, material: Material) -> Result<PublicMaterial, String> {
    match material {
        Material::Public(key) => Ok(key),
        Material::Private(_) => Err(format!(
            "is a private key, which only the sender should have: pass the public key, {}. If it is \
             the sender's, have the sender make a new pair",
            algorithm.family().ways()
        )),
    }
}

/// Reads a key, and the id that it says it has.
fn read(algorithm: PublicAlgorithm, text: &str) -> Result<(Option<String>, Material), String> {
    let family = algorithm.family();
    let wanted = || format!("{}: {}", family.key(), family.ways());
    let material = match shape(text) {
        Shape::Pem => read_pem(text)?,
        Shape::Jwk => match jwk::read(text)? {
            jwk::Document::One(key) => {
                key.check_purpose(algorithm)?;
                return Ok((key.kid.clone(), key.material()?));
            }
            jwk::Document::Set(_) => return Err("is a set of JSON Web Keys, not one".to_owned()),
        },
        Shape::WebhookPublic(base64) => {
            let key = decode_base64(base64.as_bytes()).ok_or("is not base64 after `whpk_`")?;
            Material::Public(PublicMaterial::Ed25519(key))
        }
        Shape::WebhookPrivate(base64) => {
            let key = decode_base64(base64.as_bytes()).ok_or("is not base64 after `whsk_`")?;
            Material::Private(PrivateMaterial::Ed25519(Zeroizing::new(key)))
        }
        Shape::WebhookSecret => {
            return Err(format!(
                "is a shared secret (`whsec_`), but the scheme verifies with the sender's public key, {}",
                wanted()
            ));
        }
        Shape::Der => {
            let bytes = Zeroizing::new(decode_base64(text.as_bytes()).unwrap_or_default());
            der::read(&bytes)?
        }
        Shape::Other => Material::Public(
            raw_public(family, text).ok_or_else(|| format!("must be {}", wanted()))?,
        ),
    };
    Ok((None, material))
}

fn read_pem(text: &str) -> Result<Material, String> {
    const KEYS: [&str; 6] = [
        "PUBLIC KEY",
        "RSA PUBLIC KEY",
        "CERTIFICATE",
        "PRIVATE KEY",
        "EC PRIVATE KEY",
        "RSA PRIVATE KEY",
    ];
    let is_private = text.contains("PRIVATE KEY-----");
    match pem::read(text) {
        Ok(block) if KEYS.contains(&block.label) => Ok(der::read(&block.der)?),
        // Formats with a password, and OpenSSH's own.
        _ if is_private => Ok(Material::Private(PrivateMaterial::Unreadable)),
        Ok(_) => Err("is PEM of something other than a key or a certificate".to_owned()),
        Err(what) => Err(what.to_owned()),
    }
}

/// A key that is written as its bytes alone.
fn raw_public(family: Family, text: &str) -> Option<PublicMaterial> {
    let bytes = raw(text)?;
    match (family, bytes.as_slice()) {
        (Family::Ed25519, bytes) if bytes.len() == 32 => {
            Some(PublicMaterial::Ed25519(bytes.to_vec()))
        }
        (Family::P256, [0x04, ..]) if bytes.len() == 65 => Some(PublicMaterial::P256(bytes)),
        (Family::P256, [0x02 | 0x03, ..]) if bytes.len() == 33 => Some(PublicMaterial::P256(bytes)),
        _ => None,
    }
}

/// The bytes of hexadecimal or base64. What could be either is hexadecimal: no key has a length at
/// which its base64 could be taken for that.
fn raw(text: &str) -> Option<Vec<u8>> {
    decode_hex(text.as_bytes()).or_else(|| decode_base64(text.as_bytes()))
}
