//! A body that is still compressed.

use core::ops::ControlFlow;
use std::io::Read as _;

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::super::FindingCode;
use super::super::part::{Candidates, Change, Effort, Offers, Symptom, Weight};
use super::super::received::{Body, ReceivedBody};

pub(super) const CANDIDATES: Candidates<Body> =
    Candidates { code: FindingCode::BodyCompressed, effort: Effort::Read, offer };

pub(super) const SYMPTOM: Symptom<Body> =
    Symptom { code: FindingCode::BodyCompressed, weight: Weight::Certain, shows };

/// An inflated body is not longer.
const MAX_INFLATED: usize = 16 << 20;

fn offer(received: &ReceivedBody<'_>, offers: &mut Offers<'_, Body>) -> ControlFlow<()> {
    let body = received.bytes;
    let compression = Compression::of(body);
    // Text is not deflated.
    if compression == Compression::Deflate && body.iter().take(64).all(u8::is_ascii) {
        return ControlFlow::Continue(());
    }
    let limit = MAX_INFLATED.min(offers.budget.available() / 2);
    let inflated = match compression.inflate(body, limit) {
        Ok(inflated) => inflated,
        Err(made) => {
            offers.budget.spend(made);
            return ControlFlow::Continue(());
        }
    };
    let evidence = format!(
        "the body is {}: {} bytes came, {} are inside",
        compression.name(),
        body.len(),
        inflated.len()
    );
    offers.offer(inflated, Change::Wrapped, evidence)
}

/// Compression that cannot be undone here.
fn shows(received: &ReceivedBody<'_>) -> Option<String> {
    if !received.must_be_json() {
        return None;
    }
    let encoding = received.header("content-encoding").unwrap_or_default();
    // What is no UTF-8 became U+FFFD.
    if received.bytes.starts_with(b"\x1f\xef\xbf\xbd") {
        return Some(format!(
            "the body's {} bytes are gzip that was read as text: it cannot be inflated any more",
            received.bytes.len()
        ));
    }
    let name = match received.bytes {
        [0x1f, 0x8b, ..] => "gzip",
        [0x28, 0xb5, 0x2f, 0xfd, ..] => "zstd",
        body if encoding.contains("br") && core::str::from_utf8(body).is_err() => "br",
        _ => return None,
    };
    Some(format!("the body's {} bytes are {name}", received.bytes.len()))
}

/// How a body is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Compression {
    Gzip,
    Zlib,
    Deflate,
}

impl Compression {
    const fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zlib => "zlib",
            Self::Deflate => "deflate",
        }
    }

    /// Returns the compression that the first bytes show. Bare deflate shows nothing.
    fn of(body: &[u8]) -> Self {
        match body {
            [0x1f, 0x8b, ..] => Self::Gzip,
            [0x78, second, ..] if (0x7800 + u16::from(*second)).is_multiple_of(31) => Self::Zlib,
            _ => Self::Deflate,
        }
    }

    /// Returns what was compressed, if it is whole and not longer than `limit`.
    ///
    /// # Errors
    /// How many bytes were made in vain.
    fn inflate(self, body: &[u8], limit: usize) -> Result<Vec<u8>, usize> {
        let bound = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
        let mut inflated = Vec::new();
        let read = match self {
            Self::Gzip => MultiGzDecoder::new(body).take(bound).read_to_end(&mut inflated),
            Self::Zlib => ZlibDecoder::new(body).take(bound).read_to_end(&mut inflated),
            Self::Deflate => DeflateDecoder::new(body).take(bound).read_to_end(&mut inflated),
        };
        let is_whole = read.is_ok() && !inflated.is_empty() && inflated.len() <= limit;
        if is_whole { Ok(inflated) } else { Err(inflated.len()) }
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
        gzip.write_all(&body).expect("a Vec takes all");
        let packed = gzip.finish().expect("a Vec takes all");
        assert_eq!(Compression::of(&packed), Compression::Gzip);
        assert_eq!(Compression::Gzip.inflate(&packed, 1000), Ok(body));
        assert_eq!(Compression::Gzip.inflate(&packed, 999), Err(1000));
        assert!(Compression::Gzip.inflate(&packed[..20], 1000).is_err());
    }
}
