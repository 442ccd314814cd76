//! The algorithms, encodings and hashes that a scheme names.

use crate::encoding::Encoding;
use crate::mac::Algorithm;
use crate::public_key::PublicAlgorithm;
use crate::scheme::body_hash::BodyHash;
use crate::scheme::document::{AlgorithmName, BodyHashTable, EncodingName};
use crate::scheme::value::Value;

pub(super) fn algorithm(name: AlgorithmName) -> Algorithm {
    match name {
        AlgorithmName::HmacSha1 => Algorithm::HmacSha1,
        AlgorithmName::HmacSha256 => Algorithm::HmacSha256,
        AlgorithmName::HmacSha384 => Algorithm::HmacSha384,
        AlgorithmName::HmacSha512 => Algorithm::HmacSha512,
        AlgorithmName::Ed25519 => Algorithm::Public(PublicAlgorithm::Ed25519),
        AlgorithmName::EcdsaP256Sha256 => Algorithm::Public(PublicAlgorithm::EcdsaP256Sha256),
        AlgorithmName::EcdsaP256Sha256Der => Algorithm::Public(PublicAlgorithm::EcdsaP256Sha256Der),
        AlgorithmName::RsaPkcs1Sha256 => Algorithm::Public(PublicAlgorithm::RsaPkcs1Sha256),
        AlgorithmName::RsaPkcs1Sha512 => Algorithm::Public(PublicAlgorithm::RsaPkcs1Sha512),
        AlgorithmName::RsaPssSha256 => Algorithm::Public(PublicAlgorithm::RsaPssSha256),
        AlgorithmName::RsaPssSha512 => Algorithm::Public(PublicAlgorithm::RsaPssSha512),
        AlgorithmName::Sha256 => Algorithm::Sha256,
        AlgorithmName::Sha512 => Algorithm::Sha512,
        AlgorithmName::Token => Algorithm::Token,
        AlgorithmName::Basic => Algorithm::Basic,
    }
}

pub(super) fn encoding(name: EncodingName) -> Encoding {
    match name {
        EncodingName::Hex => Encoding::Hex,
        EncodingName::Base64 => Encoding::Base64,
        EncodingName::Base64Url => Encoding::Base64Url,
        EncodingName::Base64UrlNoPad => Encoding::Base64UrlNoPad,
    }
}

/// The hash that a table names, if nobody can find two bodies with the same one.
pub(super) fn body_hash(table: &BodyHashTable) -> Option<BodyHash> {
    match Value::parse(&format!("body:{}", table.algorithm)) {
        Some(Value::BodyHash(hash)) if hash.covers_body() => Some(hash),
        _ => None,
    }
}
