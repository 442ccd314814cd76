//! The place and form of the signature.

use super::problem::{Result, header_names, problem};
use crate::encoding::Encoding;
use crate::mac::Algorithm;
use crate::public_key::PublicAlgorithm;
use crate::scheme::content::{Borders, Content};
use crate::scheme::document::{AlgorithmName, EncodingName, LayoutName, OneOrMany, SignatureTable};
use crate::scheme::signature::{Layout, SignatureForm, SignatureHeader};

/// Brings the forms of one header together, in the order they are written.
pub(super) fn signatures(tables: OneOrMany<SignatureTable>) -> Result<Vec<SignatureHeader>> {
    let mut headers: Vec<SignatureHeader> = Vec::new();
    for (number, table) in tables.0.into_iter().enumerate() {
        let path = format!("signature[{number}]");
        let names = header_names(&format!("{path}.header"), &table.header)?;
        let form = SignatureForm {
            algorithm: algorithm(table.algorithm),
            encoding: encoding(table.encoding),
            content: Content::parse(&table.content)
                .or_else(|what| problem(format!("{path}.content"), what))?,
            layout: layout(&path, table)?,
            // They are known when all forms are.
            borders: Borders::default(),
        };
        match headers.iter_mut().find(|header| header.names == names) {
            Some(header) => header.forms.push(form),
            None => headers.push(SignatureHeader { names, forms: vec![form] }),
        }
    }
    if headers.is_empty() {
        return problem("signature", "must say at least once where the signature stands");
    }
    Ok(headers)
}

fn layout(path: &str, table: SignatureTable) -> Result<Layout> {
    if table.prefix.as_deref().is_some_and(|prefix| !is_visible(prefix)) {
        return problem(format!("{path}.prefix"), "must be of visible ASCII characters");
    }
    let SignatureTable { layout, prefix, separator, signature_key, timestamp_key, .. } = table;
    let unused = |key: &str, given: bool, layout: &str| {
        if given {
            problem(format!("{path}.{key}"), format!("has no meaning with `layout = \"{layout}\"`"))
        } else {
            Ok(())
        }
    };
    let separator_of = |allowed: [char; 2], layout: &str| {
        let mut given = separator.as_deref().unwrap_or_default().chars();
        match (given.next(), given.next()) {
            (Some(char), None) if allowed.contains(&char) => Ok(char),
            _ => problem(
                format!("{path}.separator"),
                format!(
                    "must be \"{}\" or \"{}\" with `layout = \"{layout}\"`",
                    allowed[0], allowed[1]
                ),
            ),
        }
    };
    match layout {
        LayoutName::Single => {
            unused("separator", separator.is_some(), "single")?;
            unused("signature_key", signature_key.is_some(), "single")?;
            unused("timestamp_key", timestamp_key.is_some(), "single")?;
            Ok(Layout::Single { prefix: prefix.unwrap_or_default() })
        }
        LayoutName::List => {
            unused("signature_key", signature_key.is_some(), "list")?;
            unused("timestamp_key", timestamp_key.is_some(), "list")?;
            let separator = separator_of([' ', ','], "list")?;
            let prefix = prefix.unwrap_or_default();
            // Entries are split at the separator, and the spaces around them taken off.
            if prefix.contains(separator) || prefix.starts_with(' ') {
                return problem(
                    format!("{path}.prefix"),
                    "must neither hold the separator nor begin with a space: no entry would match",
                );
            }
            Ok(Layout::List { separator, prefix })
        }
        LayoutName::Pairs => {
            unused("prefix", prefix.is_some(), "pairs")?;
            let separator = separator_of([',', ';'], "pairs")?;
            let signature = pair_key(path, "signature_key", signature_key.unwrap_or_default())?;
            let timestamp =
                timestamp_key.map(|key| pair_key(path, "timestamp_key", key)).transpose()?;
            if timestamp.as_ref() == Some(&signature) {
                return problem(
                    format!("{path}.timestamp_key"),
                    "must differ from `signature_key`",
                );
            }
            Ok(Layout::Pairs { separator, signature, timestamp })
        }
    }
}

/// Returns `true` if a header's value may hold it.
fn is_visible(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

fn pair_key(path: &str, name: &str, key: String) -> Result<String> {
    if key.is_empty() || !is_visible(&key) || key.contains(['=', ',', ';', ' ']) {
        return problem(
            format!("{path}.{name}"),
            "must be what stands before the `=`, as in \"v1\"",
        );
    }
    Ok(key)
}

fn algorithm(name: AlgorithmName) -> Algorithm {
    match name {
        AlgorithmName::HmacSha1 => Algorithm::HmacSha1,
        AlgorithmName::HmacSha256 => Algorithm::HmacSha256,
        AlgorithmName::HmacSha512 => Algorithm::HmacSha512,
        AlgorithmName::Ed25519 => Algorithm::Public(PublicAlgorithm::Ed25519),
        AlgorithmName::EcdsaP256Sha256 => Algorithm::Public(PublicAlgorithm::EcdsaP256Sha256),
        AlgorithmName::EcdsaP256Sha256Der => Algorithm::Public(PublicAlgorithm::EcdsaP256Sha256Der),
        AlgorithmName::RsaPkcs1Sha256 => Algorithm::Public(PublicAlgorithm::RsaPkcs1Sha256),
        AlgorithmName::RsaPkcs1Sha512 => Algorithm::Public(PublicAlgorithm::RsaPkcs1Sha512),
        AlgorithmName::RsaPssSha256 => Algorithm::Public(PublicAlgorithm::RsaPssSha256),
        AlgorithmName::RsaPssSha512 => Algorithm::Public(PublicAlgorithm::RsaPssSha512),
    }
}

fn encoding(name: EncodingName) -> Encoding {
    match name {
        EncodingName::Hex => Encoding::Hex,
        EncodingName::Base64 => Encoding::Base64,
        EncodingName::Base64Url => Encoding::Base64Url,
        EncodingName::Base64UrlNoPad => Encoding::Base64UrlNoPad,
    }
}
