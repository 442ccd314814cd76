//! How keys are written, and which of them a delivery names.

use super::problem::{Result, header_names, problem};
use crate::encoding::KeyFormat;
use crate::headers::HeaderName;
use crate::scheme::document::{KeyEncodingName, KeyIdTable, KeyTable};
use crate::scheme::signature::SignatureHeader;

/// The way in which secrets are read, and the headers that may name a public key.
pub(super) fn key(
    mut table: Option<KeyTable>,
    signatures: &[SignatureHeader],
) -> Result<(KeyFormat, Vec<HeaderName>, bool)> {
    let algorithms =
        || signatures.iter().flat_map(|header| &header.forms).map(|form| form.algorithm);
    let has_public = algorithms().any(|algorithm| algorithm.public().is_some());
    let has_secret = algorithms().any(|algorithm| algorithm.public().is_none());
    let has_envelope =
        signatures.iter().flat_map(|header| &header.forms).any(|form| form.envelope().is_some());
    let mut in_signature = false;
    let id = match table.as_mut().and_then(|table| table.id.take()) {
        Some(KeyIdTable { header: Some(names), parameter: None, .. }) if has_public => {
            header_names("key.id.header", &names)?
        }
        Some(KeyIdTable { header: None, parameter: Some(name), .. })
            if has_public && has_envelope && matches!(name.as_str(), "keyid" | "kid") =>
        {
            in_signature = true;
            Vec::new()
        }
        Some(_) if has_public => {
            return problem(
                "key.id",
                "must have either `header`, or `parameter`: \"keyid\" with `layout = \"rfc9421\"` and \
                 \"kid\" with `layout = \"jws\"`",
            );
        }
        Some(_) => {
            return problem("key.id", "names public keys, and no `algorithm` here has one");
        }
        None => Vec::new(),
    };
    if let Some(table) = &table
        && !has_secret
    {
        let of_secrets = [
            ("key.encoding", table.encoding.is_some()),
            ("key.prefix", table.prefix.is_some()),
            ("key.begins_with", table.begins_with.is_some()),
        ];
        if let Some((path, _)) = of_secrets.into_iter().find(|(_, is_given)| *is_given) {
            return problem(
                path,
                "is for shared secrets: how a public key is written shows in the key itself",
            );
        }
    }
    Ok((key_format(table)?, id, in_signature))
}

impl KeyTable {
    /// Returns the prefix of secrets: the one that is removed before decoding.
    pub(super) fn beginning(&self) -> Option<String> {
        let prefix = self.prefix.as_ref().and_then(|prefixes| prefixes.0.first());
        let text = self.begins_with.as_ref().or(prefix)?;
        (!text.is_empty()).then(|| text.clone())
    }
}

fn key_format(table: Option<KeyTable>) -> Result<KeyFormat> {
    let Some(KeyTable { encoding, prefix, begins_with, .. }) = table else {
        return Ok(KeyFormat::Verbatim);
    };
    let has_prefix = prefix.is_some();
    let prefixes = || {
        let prefixes = prefix.map(|prefixes| prefixes.0).unwrap_or_default();
        prefixes.into_iter().filter(|prefix| !prefix.is_empty()).collect()
    };
    match encoding.unwrap_or_default() {
        KeyEncodingName::Hex | KeyEncodingName::Base64 | KeyEncodingName::Base64Url
            if begins_with.is_some() =>
        {
            problem(
                "key.begins_with",
                "is for `encoding = \"utf8\"`: with another, `prefix` says it",
            )
        }
        KeyEncodingName::Utf8 if has_prefix => problem(
            "key.prefix",
            "has no meaning with `encoding = \"utf8\"`: the secret is used as it is",
        ),
        KeyEncodingName::Utf8 => Ok(KeyFormat::Verbatim),
        KeyEncodingName::Hex => Ok(KeyFormat::Hex { prefixes: prefixes() }),
        KeyEncodingName::Base64 => Ok(KeyFormat::Base64 { prefixes: prefixes() }),
        KeyEncodingName::Base64Url => Ok(KeyFormat::Base64Url { prefixes: prefixes() }),
    }
}
