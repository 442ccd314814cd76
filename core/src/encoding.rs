use core::ops::RangeInclusive;

use base64ct::{Base64, Base64Unpadded, Base64Url, Base64UrlUnpadded, Encoding as _};
use zeroize::Zeroizing;

pub(crate) use crate::digits::{decode_hex, encode_hex};

use crate::digits::decode_base64;
use crate::mac::{Algorithm, Digest};

/// How a digest is written in a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Hex,
    Base64,
    Base64Url,
    Base64UrlNoPad,
    /// The secret itself, as it is.
    Token,
    /// The secret itself, a name and a password, in base64 as Basic credentials are.
    Basic,
}

impl Encoding {
    /// The digest that `text` writes, if it is one of exactly the algorithm's length. The alphabet
    /// and the padding are strict; hexadecimal digits may be of either case.
    pub(crate) fn decode(self, text: &str, algorithm: Algorithm) -> Option<Digest> {
        match self {
            Self::Token => return (!text.is_empty()).then(|| Digest::of_token(text.as_bytes())),
            Self::Basic => {
                let token = Zeroizing::new(Base64::decode_vec(text).ok()?);
                return (!token.is_empty()).then(|| Digest::of_token(&token));
            }
            Self::Hex | Self::Base64 | Self::Base64Url | Self::Base64UrlNoPad => {}
        }
        if text.len() != self.encoded_len(algorithm) {
            return None;
        }
        let mut buffer = [0; 66];
        let bytes = match self {
            Self::Hex => {
                let bytes = &mut buffer[..algorithm.digest_len()];
                faster_hex::hex_decode(text.as_bytes(), bytes).ok()?;
                bytes
            }
            Self::Base64 | Self::Basic | Self::Token => Base64::decode(text, &mut buffer).ok()?,
            Self::Base64Url => Base64Url::decode(text, &mut buffer).ok()?,
            Self::Base64UrlNoPad => Base64UrlUnpadded::decode(text, &mut buffer).ok()?,
        };
        if bytes.len() == algorithm.digest_len() { Digest::new(bytes) } else { None }
    }

    /// The bytes that `text` writes, if there are so many. As strict as for a digest.
    pub(crate) fn decode_bytes(
        self,
        text: &str,
        lengths: RangeInclusive<usize>,
    ) -> Option<Vec<u8>> {
        let longest = self.len_of(*lengths.end());
        if text.len() > longest {
            return None;
        }
        let bytes = match self {
            Self::Hex => decode_hex(text.as_bytes()),
            Self::Base64 => Base64::decode_vec(text).ok(),
            Self::Base64Url => Base64Url::decode_vec(text).ok(),
            Self::Base64UrlNoPad => Base64UrlUnpadded::decode_vec(text).ok(),
            // Secrets are no signatures.
            Self::Token | Self::Basic => None,
        };
        bytes.filter(|bytes| lengths.contains(&bytes.len()))
    }

    pub(crate) fn encode(self, bytes: &[u8]) -> String {
        match self {
            Self::Hex => encode_hex(bytes),
            Self::Base64 | Self::Basic => Base64::encode_string(bytes),
            Self::Token => String::from_utf8_lossy(bytes).into_owned(),
            Self::Base64Url => Base64Url::encode_string(bytes),
            Self::Base64UrlNoPad => Base64UrlUnpadded::encode_string(bytes),
        }
    }

    /// How many characters a digest takes.
    pub(crate) const fn encoded_len(self, algorithm: Algorithm) -> usize {
        self.len_of(algorithm.digest_len())
    }

    /// How many characters so many bytes take.
    pub(crate) const fn len_of(self, bytes: usize) -> usize {
        match self {
            Self::Hex => bytes * 2,
            Self::Base64 | Self::Base64Url | Self::Basic => bytes.div_ceil(3) * 4,
            Self::Token => bytes,
            Self::Base64UrlNoPad => (bytes * 4).div_ceil(3),
        }
    }

    /// Returns `true` if it is one of its characters.
    pub(crate) const fn has(self, byte: u8) -> bool {
        match self {
            Self::Hex => byte.is_ascii_hexdigit(),
            Self::Base64 | Self::Basic => {
                byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
            }
            Self::Token => true,
            Self::Base64Url => byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'='),
            Self::Base64UrlNoPad => byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'),
        }
    }

    /// What its characters are called.
    pub(crate) const fn characters(self) -> &'static str {
        match self {
            Self::Hex => "hexadecimal digits",
            Self::Base64 | Self::Basic => "characters of base64",
            Self::Token => "characters",
            Self::Base64Url | Self::Base64UrlNoPad => "characters of base64url",
        }
    }
}

/// How a secret is turned into a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum KeyFormat {
    /// The secret's own bytes.
    Verbatim,
    /// Hexadecimal digits, after the first of the prefixes that a secret begins with is removed.
    Hex { prefixes: Vec<String> },
    /// Base64, padded or not, after a prefix is removed as with `Hex`.
    Base64 { prefixes: Vec<String> },
    /// Base64 in the alphabet for addresses, as `Base64`.
    Base64Url { prefixes: Vec<String> },
}

impl KeyFormat {
    /// The key, or what the secret should have been.
    pub(crate) fn read(&self, secret: &[u8]) -> Result<Zeroizing<Vec<u8>>, &'static str> {
        let digits = without(secret, self.prefixes());
        let key = match self {
            Self::Verbatim => Some(secret.to_vec()),
            Self::Hex { .. } => decode_hex(digits),
            Self::Base64 { .. } => decode_base64::<Base64, Base64Unpadded>(digits),
            Self::Base64Url { .. } => decode_base64::<Base64Url, Base64UrlUnpadded>(digits),
        };
        match key.map(Zeroizing::new) {
            Some(key) if !key.is_empty() => Ok(key),
            _ => Err(match self {
                Self::Verbatim => "must not be empty",
                Self::Hex { .. } => "must be hexadecimal",
                Self::Base64 { .. } => "must be base64",
                Self::Base64Url { .. } => "must be base64url",
            }),
        }
    }

    /// What may be taken off a secret.
    pub(crate) fn prefixes(&self) -> &[String] {
        match self {
            Self::Verbatim => &[],
            Self::Hex { prefixes } | Self::Base64 { prefixes } | Self::Base64Url { prefixes } => {
                prefixes
            }
        }
    }
}

fn without<'s>(secret: &'s [u8], prefixes: &[String]) -> &'s [u8] {
    prefixes.iter().find_map(|prefix| secret.strip_prefix(prefix.as_bytes())).unwrap_or(secret)
}
