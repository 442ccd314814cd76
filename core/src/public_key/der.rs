//! Keys as DER: a public key by itself (SPKI, PKCS #1) or in a certificate, and private ones (PKCS #8,
//! SEC 1).

use der::asn1::{BitStringRef, ObjectIdentifier, OctetStringRef, UintRef};
use der::{Decode as _, Reader as _, SliceReader, Tag, Tagged as _};
use zeroize::Zeroizing;

use super::material::{Material, PrivateMaterial, PublicMaterial};

type AnyRef<'d> = der::asn1::AnyRef<'d>;

const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");

/// Reads the key out of a structure, told by what it is made of.
///
/// # Errors
/// What is wrong with it, as the end of a sentence that begins with the key.
pub(super) fn read(bytes: &[u8]) -> Result<Material, &'static str> {
    let parts = AnyRef::from_der(bytes).ok().and_then(sequence).ok_or(BROKEN)?;
    match *parts.as_slice() {
        [algorithm, key] if algorithm.tag() == Tag::Sequence => public(algorithm, key),
        [signed, _, _] if signed.tag() == Tag::Sequence => certificate(signed),
        [modulus, exponent] if modulus.tag() == Tag::Integer => {
            rsa_numbers(modulus, exponent).map(Material::Public)
        }
        [version, algorithm, key, ..]
            if version.tag() == Tag::Integer && algorithm.tag() == Tag::Sequence =>
        {
            private(algorithm, key)
        }
        [version, scalar, ..] if version.tag() == Tag::Integer && is_octets(scalar) => {
            octets(scalar).map(|scalar| Material::Private(PrivateMaterial::P256(scalar)))
        }
        [_, _, _, _, ..] if parts.iter().all(|part| part.tag() == Tag::Integer) => {
            Ok(Material::Private(PrivateMaterial::Rsa))
        }
        [algorithm, encrypted] if algorithm.tag() == Tag::Sequence && is_octets(encrypted) => {
            Ok(Material::Private(PrivateMaterial::Unreadable))
        }
        _ => Err(BROKEN),
    }
}

const BROKEN: &str = "holds no key: what its base64 stands for is not the DER of one, so it may have \
                      been cut";

const OTHER_ALGORITHM: &str = "is a key of another algorithm than Ed25519, P-256 and RSA";

/// The subject's key of a certificate. Nothing else in it is looked at.
fn certificate(signed: AnyRef<'_>) -> Result<Material, &'static str> {
    let fields = sequence(signed).ok_or(BROKEN)?;
    // Before the serial number a version may stand.
    let has_version = fields.first().is_some_and(|field| field.tag().is_context_specific());
    let info = fields.get(5 + usize::from(has_version)).copied().ok_or(BROKEN)?;
    match sequence(info).ok_or(BROKEN)?.as_slice() {
        [algorithm, key] => public(*algorithm, *key),
        _ => Err(BROKEN),
    }
}

fn public(algorithm: AnyRef<'_>, key: AnyRef<'_>) -> Result<Material, &'static str> {
    if is_octets(key) {
        return Ok(Material::Private(PrivateMaterial::Unreadable));
    }
    let key = key.decode_as::<BitStringRef<'_>>().ok().and_then(|key| key.as_bytes());
    let key = key.ok_or(BROKEN)?;
    let key = match algorithm_of(algorithm)? {
        Algorithm::Ed25519 => PublicMaterial::Ed25519(key.to_vec()),
        Algorithm::P256 => PublicMaterial::P256(key.to_vec()),
        Algorithm::Rsa => {
            let parts = AnyRef::from_der(key).ok().and_then(sequence).ok_or(BROKEN)?;
            let [modulus, exponent] = *parts.as_slice() else { return Err(BROKEN) };
            rsa_numbers(modulus, exponent)?
        }
    };
    Ok(Material::Public(key))
}

fn private(algorithm: AnyRef<'_>, key: AnyRef<'_>) -> Result<Material, &'static str> {
    let key = octets(key)?;
    let inner = || AnyRef::from_der(&key).map_err(|_| BROKEN);
    let key = match algorithm_of(algorithm)? {
        Algorithm::Ed25519 => PrivateMaterial::Ed25519(octets(inner()?)?),
        Algorithm::P256 => match sequence(inner()?).ok_or(BROKEN)?.as_slice() {
            [_, scalar, ..] => PrivateMaterial::P256(octets(*scalar)?),
            _ => return Err(BROKEN),
        },
        Algorithm::Rsa => PrivateMaterial::Rsa,
    };
    Ok(Material::Private(key))
}

enum Algorithm {
    Ed25519,
    P256,
    Rsa,
}

fn algorithm_of(algorithm: AnyRef<'_>) -> Result<Algorithm, &'static str> {
    let parts = sequence(algorithm).ok_or(BROKEN)?;
    let (name, parameters) = parts.split_first().ok_or(BROKEN)?;
    let object = |part: &AnyRef<'_>| part.decode_as::<ObjectIdentifier>().ok();
    match (object(name).ok_or(BROKEN)?, parameters) {
        (ED25519, []) => Ok(Algorithm::Ed25519),
        (EC, [curve]) => match object(curve) {
            Some(P256) => Ok(Algorithm::P256),
            _ => Err("is a key of another curve than P-256"),
        },
        (RSA, [null]) if null.is_null() => Ok(Algorithm::Rsa),
        (ED25519 | EC | RSA, _) => Err(BROKEN),
        _ => Err(OTHER_ALGORITHM),
    }
}

fn rsa_numbers(modulus: AnyRef<'_>, exponent: AnyRef<'_>) -> Result<PublicMaterial, &'static str> {
    let number = |part: AnyRef<'_>| {
        part.decode_as::<UintRef<'_>>().map(|number| number.as_bytes().to_vec()).map_err(|_| BROKEN)
    };
    Ok(PublicMaterial::Rsa { modulus: number(modulus)?, exponent: number(exponent)? })
}

fn is_octets(part: AnyRef<'_>) -> bool {
    part.tag() == Tag::OctetString
}

fn octets(part: AnyRef<'_>) -> Result<Zeroizing<Vec<u8>>, &'static str> {
    let octets = part.decode_as::<&OctetStringRef>().map_err(|_| BROKEN)?;
    Ok(Zeroizing::new(octets.as_bytes().to_vec()))
}

/// The parts of a sequence, `None` if it is not one.
fn sequence(whole: AnyRef<'_>) -> Option<Vec<AnyRef<'_>>> {
    let mut reader =
        (whole.tag() == Tag::Sequence).then(|| SliceReader::new(whole.value()).ok()).flatten()?;
    let mut parts = Vec::new();
    while !reader.is_finished() {
        parts.push(reader.decode().ok()?);
    }
    Some(parts)
}
