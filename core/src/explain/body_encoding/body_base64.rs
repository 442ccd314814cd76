//! A body that is base64, or was.

use core::ops::ControlFlow;

use base64ct::{Base64, Base64Unpadded, Encoding as _};

use super::super::FindingCode;
use super::super::part::{Candidates, Change, Effort, Offers};
use super::super::received::{Body, ReceivedBody};

pub(super) const CANDIDATES: Candidates<Body> =
    Candidates { code: FindingCode::BodyBase64, effort: Effort::Read, offer };

pub(super) const SIGNED_SO: Candidates<Body> =
    Candidates { code: FindingCode::BodyBase64, effort: Effort::Guess, offer: offer_signed_so };

fn offer(received: &ReceivedBody<'_>, offers: &mut Offers<'_, Body>) -> ControlFlow<()> {
    offers.offer_inside(from_base64(received.bytes), "the body is base64", received)
}

fn offer_signed_so(received: &ReceivedBody<'_>, offers: &mut Offers<'_, Body>) -> ControlFlow<()> {
    let evidence = "the sender signed base64, which was decoded here";
    offers.offer(Base64::encode_string(received.bytes), Change::Altered, evidence)
}

/// The bytes that base64 of either alphabet, padded or not, in lines or not, stands for.
pub(in crate::explain) fn from_base64(body: &[u8]) -> Option<Vec<u8>> {
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

#[cfg(test)]
mod tests {
    use super::*;

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
