//! The parts of a header's value that may be a digest.

use base64ct::{Base64Unpadded, Encoding as _};

use crate::encoding::Encoding;
use crate::mac::{Algorithm, Digest};

/// How many are looked at in one value.
const MAX_TOKENS: usize = 16;

/// How many keys may stand before one digest, as in `sha1=sha1=…`.
const MAX_KEYS: usize = 3;

/// Fewer bytes could be guessed one after another.
const MIN_BYTES: usize = 16;

/// A digest, or the beginning of one.
pub(super) struct Token<'v> {
    pub(super) digest: Digest,
    pub(super) written: Written,
    /// The text before it.
    pub(super) before: &'v str,
    /// True if nothing stands after it.
    pub(super) is_last: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    Hex,
    Base64 {
        url: Option<bool>,
        padded: bool,
    },
    /// The hexadecimal digits in base64.
    Base64OfHex,
}

impl Written {
    /// Returns `true` if it is what the scheme's encoding writes.
    pub(super) fn is(self, encoding: Encoding, algorithm: Algorithm) -> bool {
        let needs_padding = !algorithm.digest_len().is_multiple_of(3);
        match (self, encoding) {
            (Self::Hex, Encoding::Hex) => true,
            (Self::Base64 { url, padded }, Encoding::Base64) => {
                url != Some(true) && padded == needs_padding
            }
            (Self::Base64 { url, padded }, Encoding::Base64Url) => {
                url != Some(false) && padded == needs_padding
            }
            (Self::Base64 { url, padded }, Encoding::Base64UrlNoPad) => {
                url != Some(false) && !padded
            }
            _ => false,
        }
    }

    pub(super) const fn description(self) -> &'static str {
        match self {
            Self::Hex => "hexadecimal",
            Self::Base64 { url: Some(true), padded: true } => "base64url",
            Self::Base64 { url: Some(true), padded: false } => "base64url without padding",
            Self::Base64 { padded: true, .. } => "base64",
            Self::Base64 { padded: false, .. } => "base64 without padding",
            Self::Base64OfHex => "base64 of the hexadecimal digits",
        }
    }
}

pub(super) fn tokens(value: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut start = 0;
    for word in value.split([',', ';', ' ', '\t', '"', '\'', '\\', ':']) {
        let end = start + word.len();
        // What stands before an `=` may be a key, and what stands after it padding.
        let after = word.match_indices('=').map(|(equals, _)| start + equals + 1);
        for from in core::iter::once(start).chain(after.take(MAX_KEYS)) {
            if found.len() == MAX_TOKENS {
                return found;
            }
            if let Some((digest, written)) = decode(&value[from..end]) {
                let is_last = end == value.len();
                found.push(Token { digest, written, before: &value[..from], is_last });
                break;
            }
        }
        start = end + 1;
    }
    found
}

fn decode(word: &str) -> Option<(Digest, Written)> {
    if word.len() > 192 {
        return None;
    }
    if let Some(digest) = hex(word.as_bytes()) {
        return Some((digest, Written::Hex));
    }
    let bare = word.trim_end_matches('=');
    let url = if bare.contains(['-', '_']) {
        Some(true)
    } else if bare.contains(['+', '/']) {
        Some(false)
    } else {
        None
    };
    let standard = bare.replace('-', "+").replace('_', "/");
    let bytes = Base64Unpadded::decode_vec(&standard).ok()?;
    if let Some(digest) = hex(&bytes) {
        return Some((digest, Written::Base64OfHex));
    }
    let padded = bare.len() < word.len();
    let digest = Digest::new(&bytes).filter(|_| bytes.len() >= MIN_BYTES)?;
    Some((digest, Written::Base64 { url, padded }))
}

fn hex(digits: &[u8]) -> Option<Digest> {
    // A cut may leave half a byte, but not behind a whole digest.
    let whole = &digits[..digits.len() & !1];
    let bytes = crate::encoding::decode_hex(whole)?;
    let is_hex = digits.iter().all(u8::is_ascii_hexdigit);
    let is_whole = Algorithm::MACS.iter().any(|algorithm| algorithm.digest_len() == bytes.len());
    let is_one = whole.len() == digits.len() || !is_whole;
    Digest::new(&bytes).filter(|_| is_hex && is_one && bytes.len() >= MIN_BYTES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_digests_in_any_form() {
        let hex = "00112233445566778899aabbccddeeff00112233";
        let base64 = "ABEiM0RVZneImaq7zN3u/wARIjM=";
        let url = "ABEiM0RVZneImaq7zN3u_wARIjM";
        let twice = "MDAxMTIyMzM0NDU1NjY3Nzg4OTlhYWJiY2NkZGVlZmYwMDExMjIzMw==";
        for (value, before, written) in [
            (hex.to_owned(), "", Written::Hex),
            (format!("sha1={}", hex.to_uppercase()), "sha1=", Written::Hex),
            (format!("t=12,v1={hex}"), "t=12,v1=", Written::Hex),
            (format!("v1,{base64}"), "v1,", Written::Base64 { url: Some(false), padded: true }),
            (format!("s={url}"), "s=", Written::Base64 { url: Some(true), padded: false }),
            (twice.to_owned(), "", Written::Base64OfHex),
        ] {
            let found = tokens(&value);
            assert_eq!(found.len(), 1, "{value}");
            assert_eq!(found[0].digest.as_bytes()[..3], [0, 0x11, 0x22]);
            assert_eq!(found[0].digest.as_bytes().len(), 20);
            assert_eq!((found[0].before, found[0].written), (before, written));
        }
        assert!(tokens("1700000000, application/json; charset=utf-8").is_empty());
        assert!(tokens("00112233445566778899aabbccddee").is_empty());
    }
}
