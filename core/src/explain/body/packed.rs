//! Base64 and compression.

use std::io::Read as _;

use base64ct::{Base64, Base64Unpadded, Encoding as _};
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

/// The bytes that base64 of either alphabet, padded or not, in lines or not, stands for.
pub(super) fn from_base64(body: &[u8]) -> Option<Vec<u8>> {
    let text = core::str::from_utf8(body).ok()?.trim();
    let text = match text.split_once(";base64,") {
        Some((start, rest)) if start.starts_with("data:") => rest,
        _ => text.trim_matches('"'),
    };
    let standard: String = text
        .chars()
        .filter(|char| !matches!(char, '\r' | '\n'))
        .map(|char| match char {
            '-' => '+',
            '_' => '/',
            char => char,
        })
        .collect();
    let bytes = Base64Unpadded::decode_vec(standard.trim_end_matches('=')).ok()?;
    (!bytes.is_empty()).then_some(bytes)
}

pub(super) fn to_base64(body: &[u8]) -> String {
    Base64::encode_string(body)
}

/// How a body is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compression {
    Gzip,
    Zlib,
    Deflate,
}

impl Compression {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zlib => "zlib",
            Self::Deflate => "deflate",
        }
    }

    /// What the first bytes say. Bare deflate says nothing.
    pub(super) fn of(body: &[u8]) -> Self {
        match body {
            [0x1f, 0x8b, ..] => Self::Gzip,
            [0x78, second, ..] if (0x7800 + u16::from(*second)) % 31 == 0 => Self::Zlib,
            _ => Self::Deflate,
        }
    }

    /// What was compressed, if it is whole and not longer than `limit`.
    pub(super) fn inflate(self, body: &[u8], limit: usize) -> Option<Vec<u8>> {
        let bound = u64::try_from(limit).ok()?.checked_add(1)?;
        let mut inflated = Vec::new();
        let read = match self {
            Self::Gzip => MultiGzDecoder::new(body).take(bound).read_to_end(&mut inflated),
            Self::Zlib => ZlibDecoder::new(body).take(bound).read_to_end(&mut inflated),
            Self::Deflate => DeflateDecoder::new(body).take(bound).read_to_end(&mut inflated),
        };
        (read.is_ok() && !inflated.is_empty() && inflated.len() <= limit).then_some(inflated)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn inflates_up_to_a_limit() {
        let body = vec![b'x'; 1000];
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        gzip.write_all(&body).unwrap();
        let packed = gzip.finish().unwrap();
        assert_eq!(Compression::of(&packed), Compression::Gzip);
        assert_eq!(Compression::Gzip.inflate(&packed, 1000), Some(body));
        assert_eq!(Compression::Gzip.inflate(&packed, 999), None);
        assert_eq!(Compression::Gzip.inflate(&packed[..20], 1000), None);
    }

    #[test]
    fn reads_base64_however_it_is_written() {
        for text in [
            "eyJhIjoiw6k/In0=",
            "eyJhIjoiw6k_In0",
            "eyJhIjoi\r\nw6k/In0=\r\n",
            "\"eyJhIjoiw6k/In0=\"",
        ] {
            assert_eq!(from_base64(text.as_bytes()).as_deref(), Some("{\"a\":\"é?\"}".as_bytes()));
        }
        assert_eq!(from_base64(b"{}"), None);
    }
}
