//! Hashes of a body, as they are signed in its place.

use super::border;
use crate::encoding::Encoding;

/// A hash of the body as a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BodyHash {
    Sha256(Encoding),
    Sha512(Encoding),
    /// In decimal digits. Other bodies with the same one are easily found.
    Crc32,
}

impl BodyHash {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (name, encoding) = match text.split_once(':') {
            Some((name, encoding)) => (name, Some(encoding)),
            None => (text, None),
        };
        let encoding = match encoding {
            None => None,
            Some("hex") => Some(Encoding::Hex),
            Some("base64") => Some(Encoding::Base64),
            Some(_) => return None,
        };
        match (name, encoding) {
            ("sha256", Some(encoding)) => Some(Self::Sha256(encoding)),
            ("sha512", Some(encoding)) => Some(Self::Sha512(encoding)),
            ("crc32", None) => Some(Self::Crc32),
            _ => None,
        }
    }

    pub(super) fn name(self) -> String {
        let encoding = |encoding| if encoding == Encoding::Hex { "hex" } else { "base64" };
        match self {
            Self::Sha256(way) => format!("sha256:{}", encoding(way)),
            Self::Sha512(way) => format!("sha512:{}", encoding(way)),
            Self::Crc32 => "crc32".to_owned(),
        }
    }

    /// Returns the text for a body.
    pub(crate) fn of(self, body: &[u8]) -> String {
        use sha2::{Digest as _, Sha256, Sha512};
        match self {
            Self::Sha256(encoding) => encoding.encode(&Sha256::digest(body)),
            Self::Sha512(encoding) => encoding.encode(&Sha512::digest(body)),
            Self::Crc32 => crc32(body).to_string(),
        }
    }

    /// Returns `true` if nobody can find two bodies with the same one.
    pub(super) const fn covers_body(self) -> bool {
        !matches!(self, Self::Crc32)
    }

    pub(super) fn border_part(self, name: &str) -> border::Part {
        match self {
            Self::Sha256(encoding) => border::Part::digest(name, encoding.len_of(32)),
            Self::Sha512(encoding) => border::Part::digest(name, encoding.len_of(64)),
            Self::Crc32 => border::Part::number(name, None),
        }
    }
}

/// The CRC-32 of ISO-HDLC, which zlib and PKZIP have too, four bits at a time: a checksum that senders of
/// small bodies sign, which needs no large table.
fn crc32(bytes: &[u8]) -> u32 {
    const POLYNOMIAL: u32 = 0xedb8_8320;
    const TABLE: [u32; 16] = {
        let mut table = [0; 16];
        let mut at = 0_u32;
        while at < 16 {
            let (mut value, mut bit) = (at, 0);
            while bit < 4 {
                value = if value & 1 == 1 { value >> 1 ^ POLYNOMIAL } else { value >> 1 };
                bit += 1;
            }
            table[at as usize] = value;
            at += 1;
        }
        table
    };
    let step = |crc: u32, bits: u32| crc >> 4 ^ TABLE[((crc ^ bits) & 15) as usize];
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        let byte = u32::from(*byte);
        step(step(crc, byte), byte >> 4)
    })
}

#[cfg(test)]
mod tests {
    use super::crc32;

    #[test]
    fn checksums_are_those_of_the_catalogue() {
        // The check value of CRC-32/ISO-HDLC.
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!((crc32(b""), crc32(b"a")), (0, 0xe8b7_be43));
    }
}
