//! A secret that was decoded, or was not.

use core::ops::ControlFlow;

use base64ct::{Base64, Base64Unpadded, Encoding as _};

use super::super::FindingCode;
use super::super::cause::Evidence;
use super::super::part::{Candidates, Effort, Offers};
use super::super::received::{ReceivedSecret, Secret};
use super::super::table::fixes;
use crate::encoding::KeyFormat;
use crate::percent::{self, Plus};

pub(super) const CANDIDATES: Candidates<Secret> =
    Candidates { code: FindingCode::SecretEncoding, effort: Effort::Read, offer };

fn offer(received: &ReceivedSecret<'_>, offers: &mut Offers<'_, Secret>) -> ControlFlow<()> {
    offer_keys(received, offers)?;
    offer_decoded(received.bytes, offers)?;
    if *received.format() == KeyFormat::Verbatim {
        offer_encoded(received.bytes, offers)?;
    }
    ControlFlow::Continue(())
}

/// Offers the keys that may be made from the secret.
fn offer_keys(received: &ReceivedSecret<'_>, offers: &mut Offers<'_, Secret>) -> ControlFlow<()> {
    let secret = received.bytes;
    let bare = without_prefix(secret, received.prefixes);
    if *received.format() != KeyFormat::Verbatim {
        let evidence = "the sender uses the secret as it is; the scheme decodes it";
        let as_text = |evidence| Evidence::from(evidence).with_fix(fixes::SECRET_AS_TEXT);
        offers.offer_key(secret, as_text(evidence))?;
        if bare != secret {
            let evidence =
                "the sender uses what is after the prefix as it is; the scheme decodes it";
            offers.offer_key(bare, as_text(evidence))?;
        }
    }
    let from_base64 = matches!(received.format(), KeyFormat::Base64 { .. });
    for text in if bare == secret { vec![secret] } else { vec![bare, secret] } {
        if let Some(key) = hex(text) {
            let evidence = "the sender decodes the secret from hexadecimal; the scheme does not";
            offers.offer_key(key, Evidence::from(evidence).with_fix(fixes::SECRET_DECODED))?;
        }
        if let Some(key) = base64(text) {
            let evidence = if from_base64 {
                "the secret is base64url or unpadded; the scheme has padded base64"
            } else {
                "the sender decodes the secret from base64; the scheme does not"
            };
            offers.offer_key(key, Evidence::from(evidence).with_fix(fixes::SECRET_DECODED))?;
        }
        if text.contains(&b' ')
            && let Some(key) = base64(&with_pluses(text))
        {
            offers.offer_key(key, "the secret has spaces where the sender's base64 has `+`")?;
        }
    }
    ControlFlow::Continue(())
}

/// Offers the secrets of which this one may be the encoded form; they may have another cause too.
fn offer_decoded(secret: &[u8], offers: &mut Offers<'_, Secret>) -> ControlFlow<()> {
    let decoded = [
        (base64(secret), "the secret is base64 of the right one"),
        (hex(secret), "the secret is the right one in hexadecimal"),
        (percent_decoded(secret), "the secret is percent-encoded"),
    ];
    for (text, evidence) in decoded {
        if let Some(text) = text.filter(|text| core::str::from_utf8(text).is_ok()) {
            offers.offer_inside(text, evidence)?;
        }
    }
    ControlFlow::Continue(())
}

fn offer_encoded(secret: &[u8], offers: &mut Offers<'_, Secret>) -> ControlFlow<()> {
    let text = Base64::encode_string(secret);
    offers.offer_secret(text, "the sender's secret is base64 of this one")?;
    let text = crate::encoding::encode_hex(secret);
    offers.offer_secret(text, "the sender's secret is this one in hexadecimal")
}

fn with_pluses(text: &[u8]) -> Vec<u8> {
    text.iter().map(|byte| if *byte == b' ' { b'+' } else { *byte }).collect()
}

fn without_prefix<'s>(secret: &'s [u8], prefixes: &[String]) -> &'s [u8] {
    let bare = prefixes.iter().find_map(|prefix| secret.strip_prefix(prefix.as_bytes()));
    bare.unwrap_or(secret)
}

fn percent_decoded(secret: &[u8]) -> Option<Vec<u8>> {
    percent::decode_encoded(core::str::from_utf8(secret).ok()?, Plus::Itself)
        .filter(|text| !text.is_empty())
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
