use base64ct::{Base64, Base64Url, Base64UrlUnpadded, Encoding as _};
use zeroize::Zeroizing;

use crate::mac::{Algorithm, Digest};

/// How a digest is written in a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Hex,
    Base64,
    Base64Url,
    Base64UrlNoPad,
}

impl Encoding {
    /// The digest that `text` writes, if it is one of exactly the algorithm's length. The alphabet
    /// and the padding are strict; hexadecimal digits may be of either case.
    pub(crate) fn decode(self, text: &str, algorithm: Algorithm) -> Option<Digest> {
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
            Self::Base64 => Base64::decode(text, &mut buffer).ok()?,
            Self::Base64Url => Base64Url::decode(text, &mut buffer).ok()?,
            Self::Base64UrlNoPad => Base64UrlUnpadded::decode(text, &mut buffer).ok()?,
        };
        if bytes.len() == algorithm.digest_len() { Digest::new(bytes) } else { None }
    }

    pub(crate) fn encode(self, digest: &Digest) -> String {
        let bytes = digest.as_bytes();
        match self {
            Self::Hex => base16ct::lower::encode_string(bytes),
            Self::Base64 => Base64::encode_string(bytes),
            Self::Base64Url => Base64Url::encode_string(bytes),
            Self::Base64UrlNoPad => Base64UrlUnpadded::encode_string(bytes),
        }
    }

    /// How many characters a digest takes.
    pub(crate) const fn encoded_len(self, algorithm: Algorithm) -> usize {
        let bytes = algorithm.digest_len();
        match self {
            Self::Hex => bytes * 2,
            Self::Base64 | Self::Base64Url => bytes.div_ceil(3) * 4,
            Self::Base64UrlNoPad => (bytes * 4).div_ceil(3),
        }
    }

    /// What its characters are called.
    pub(crate) const fn characters(self) -> &'static str {
        match self {
            Self::Hex => "hexadecimal digits",
            Self::Base64 => "characters of base64",
            Self::Base64Url | Self::Base64UrlNoPad => "characters of base64url",
        }
    }
}

/// How a secret is turned into a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum KeyFormat {
    /// The secret's own bytes.
    Verbatim,
    Hex {
        prefix: String,
    },
    Base64 {
        prefix: String,
    },
}

impl KeyFormat {
    /// The key, or what the secret should have been.
    pub(crate) fn read(&self, secret: &[u8]) -> Result<Zeroizing<Vec<u8>>, &'static str> {
        let key = match self {
            Self::Verbatim => Some(secret.to_vec()),
            Self::Hex { prefix } => base16ct::mixed::decode_vec(without(secret, prefix)).ok(),
            Self::Base64 { prefix } => core::str::from_utf8(without(secret, prefix))
                .ok()
                .and_then(|text| Base64::decode_vec(text).ok()),
        };
        match key.map(Zeroizing::new) {
            Some(key) if !key.is_empty() => Ok(key),
            _ => Err(match self {
                Self::Verbatim => "must not be empty",
                Self::Hex { .. } => "must be hexadecimal",
                Self::Base64 { .. } => "must be base64, padded",
            }),
        }
    }
}

fn without<'s>(secret: &'s [u8], prefix: &str) -> &'s [u8] {
    secret.strip_prefix(prefix.as_bytes()).unwrap_or(secret)
}
