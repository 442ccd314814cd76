//! A secret that was decoded, or was not.

use base64ct::{Base64, Base64Unpadded, Encoding as _};

use super::super::FindingCode;
use super::super::cause::Cause;
use super::super::percent::{self, Plus};
use super::Repair;
use crate::encoding::KeyFormat;

pub(super) fn repairs(secret: &[u8], format: &KeyFormat, prefixes: &[String]) -> Vec<Repair> {
    let cause = |evidence: &str| Cause::new(FindingCode::SecretEncoding, evidence);
    let bare = without_prefix(secret, prefixes);
    let mut found = Vec::new();
    // How the key itself may be made of it.
    if *format != KeyFormat::Verbatim {
        let evidence = "the sender uses the secret as it is; the scheme decodes it";
        found.push(Repair::key(secret.to_vec(), cause(evidence)));
        if bare != secret {
            let evidence =
                "the sender uses what is after the prefix as it is; the scheme decodes it";
            found.push(Repair::key(bare.to_vec(), cause(evidence)));
        }
    }
    let verbatim = matches!(format, KeyFormat::Verbatim);
    let from_base64 = matches!(format, KeyFormat::Base64 { .. });
    for text in if bare == secret { vec![secret] } else { vec![bare, secret] } {
        if let Some(key) = hex(text) {
            let evidence = "the sender decodes the secret from hexadecimal; the scheme does not";
            found.push(Repair::key(key, cause(evidence)));
        }
        if let Some(key) = base64(text) {
            let evidence = if from_base64 {
                "the secret is base64url or unpadded; the scheme has padded base64"
            } else {
                "the sender decodes the secret from base64; the scheme does not"
            };
            found.push(Repair::key(key, cause(evidence)));
        }
    }
    // What it may be the encoded form of: the secret, in which there may be another fault.
    let decoded = [
        (base64(secret), "the secret is base64 of the right one"),
        (hex(secret), "the secret is the right one in hexadecimal"),
        (percent_decoded(secret), "the secret is percent-encoded"),
    ];
    for (text, evidence) in decoded {
        let text = text.filter(|text| core::str::from_utf8(text).is_ok() && !text.is_empty());
        found.extend(text.map(|text| Repair::uncovered(&text, cause(evidence))));
    }
    if verbatim {
        let encoded = [
            (Base64::encode_string(secret), "the sender's secret is base64 of this one"),
            (crate::encoding::encode_hex(secret), "the sender's secret is this one in hexadecimal"),
        ];
        let encoded = encoded.into_iter();
        found.extend(encoded.map(|(text, why)| Repair::secret(text.into_bytes(), cause(why))));
    }
    found
}

fn without_prefix<'s>(secret: &'s [u8], prefixes: &[String]) -> &'s [u8] {
    let bare = prefixes.iter().find_map(|prefix| secret.strip_prefix(prefix.as_bytes()));
    bare.unwrap_or(secret)
}

fn percent_decoded(secret: &[u8]) -> Option<Vec<u8>> {
    percent::decode(core::str::from_utf8(secret).ok()?, Plus::Itself)
}

fn hex(text: &[u8]) -> Option<Vec<u8>> {
    crate::encoding::decode_hex(text).filter(|key| !key.is_empty())
}

/// Base64 of either alphabet, padded or not.
fn base64(text: &[u8]) -> Option<Vec<u8>> {
    let text = core::str::from_utf8(text).ok()?.trim_end_matches('=');
    let standard = text.replace('-', "+").replace('_', "/");
    Base64Unpadded::decode_vec(&standard).ok().filter(|key| !key.is_empty())
}
