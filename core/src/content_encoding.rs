//! Decoding of bodies as their `Content-Encoding` says.

use core::fmt;
use std::borrow::Cow;
use std::io::Read;

use brotli_decompressor::{BrotliDecompressStream, BrotliResult, BrotliState, StandardAlloc};
use flate2::bufread::MultiGzDecoder;
use flate2::{Decompress, FlushDecompress, Status};

/// The most encodings that are undone: each may cost as much as the largest body.
const MAX_ENCODINGS: usize = 4;

/// The size of the pieces in which a body is inflated.
const PIECE: usize = 16 << 10;

/// How large a body may be that is still encoded, as a multiple of what was sent and beyond that. What
/// is encoded once hardly shrinks again: if it might shrink to nothing, a few hundred bytes could hold
/// megabytes of empty members or blocks, which take seconds to undo.
const GROWTH: usize = 4;
const SLACK: usize = 64 << 10;

/// An error that says why a body cannot be decoded.
///
/// Adapters respond with it before they verify anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BodyError {
    /// The body is larger than allowed once it is decoded.
    TooLarge,
    /// The body does not follow its encoding: it was cut off or garbled.
    Malformed,
}

impl BodyError {
    /// Returns the code that every language's adapters respond with.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TooLarge => "body_too_large",
            Self::Malformed => "incomplete_body",
        }
    }

    /// Returns the HTTP status to respond to the request with.
    #[must_use]
    pub const fn http_status(self) -> u16 {
        match self {
            Self::TooLarge => 413,
            Self::Malformed => 400,
        }
    }
}

impl fmt::Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLarge => "the body is larger than allowed, once its encoding is undone",
            Self::Malformed => {
                "the body is not what its `Content-Encoding` says: it was cut or garbled"
            }
        })
    }
}

impl core::error::Error for BodyError {}

/// Decodes a body as its `Content-Encoding` says, for [`Webhook::verify`]: senders sign the body
/// before they compress it.
///
/// `content_encoding` is the value of that header, and `max_body` the most bytes that the decoded
/// body may have; see [`Webhook::max_body`](crate::Webhook::max_body).
///
/// `gzip` (also of several members), `x-gzip`, `deflate` (with zlib's frame or without it), `br`
/// and `identity` are undone, also several in a row, as in `gzip, br`. A body with another encoding
/// is returned unchanged. So is one that is not encoded, as where a server has decoded it already
/// and left the header.
///
/// ```
/// let body = hookseal::decode_body(b"{}", "identity", 1 << 20)?;
/// assert_eq!(&*body, b"{}");
/// # Ok::<(), hookseal::BodyError>(())
/// ```
///
/// # Errors
/// [`BodyError::TooLarge`] if more than `max_body` bytes come out, after no more than that many were
/// made, or if between two encodings there are more than 64 KiB and four times what was sent;
/// [`BodyError::Malformed`] if the body was cut or garbled.
///
/// [`Webhook::verify`]: crate::Webhook::verify
pub fn decode_body<'b>(
    body: &'b [u8],
    content_encoding: &str,
    max_body: usize,
) -> Result<Cow<'b, [u8]>, BodyError> {
    let mut decoded = Cow::Borrowed(body);
    if let Some(encodings) = encodings(content_encoding) {
        // What is still encoded may be a little longer than what is not.
        let max_encoded = max_body.saturating_add(max_body / 64 + 1024);
        let max_encoded = max_encoded.min(body.len().saturating_mul(GROWTH).saturating_add(SLACK));
        for (rest, encoding) in encodings.iter().enumerate().rev() {
            let limit = if rest == 0 { max_body } else { max_encoded };
            if let Some(inner) = encoding.undo(&decoded, limit)? {
                decoded = Cow::Owned(inner);
            }
        }
    }
    if decoded.len() > max_body { Err(BodyError::TooLarge) } else { Ok(decoded) }
}

/// Returns the encodings in the order in which they were applied, `None` if one of them cannot be
/// undone.
fn encodings(list: &str) -> Option<Vec<Encoding>> {
    let mut encodings = Vec::new();
    for name in list.split(',').map(str::trim) {
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        if name.is_empty() || is("identity") {
            continue;
        }
        encodings.push(if is("gzip") || is("x-gzip") {
            Encoding::Gzip
        } else if is("deflate") {
            Encoding::Deflate
        } else if is("br") {
            Encoding::Brotli
        } else {
            return None;
        });
    }
    (encodings.len() <= MAX_ENCODINGS).then_some(encodings)
}

#[derive(Clone, Copy)]
enum Encoding {
    Gzip,
    Deflate,
    Brotli,
}

impl Encoding {
    /// Returns the body without this encoding, `None` if it does not have it.
    fn undo(self, body: &[u8], limit: usize) -> Result<Option<Vec<u8>>, BodyError> {
        match self {
            Self::Gzip if !body.starts_with(&[0x1f, 0x8b]) => Ok(None),
            Self::Deflate | Self::Brotli if is_plain(body) => Ok(None),
            Self::Gzip => gunzip(body, limit).map(Some),
            Self::Brotli => decompress(body, limit).map(Some),
            Self::Deflate => inflate(body, limit).map(Some),
        }
    }
}

/// Returns `true` if a body is text. Compressed data has bytes that no text has.
fn is_plain(body: &[u8]) -> bool {
    let is_control = |byte: &u8| *byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r');
    !body.iter().any(is_control) && simdutf8::basic::from_utf8(body).is_ok()
}

fn gunzip(body: &[u8], limit: usize) -> Result<Vec<u8>, BodyError> {
    let mut out = Vec::new();
    let bound = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let mut limited = MultiGzDecoder::new(body).take(bound);
    limited.read_to_end(&mut out).map_err(|_| BodyError::Malformed)?;
    if out.len() > limit { Err(BodyError::TooLarge) } else { Ok(out) }
}

/// Undoes `br`, which must end where the body does. Windows are of up to 16 MiB, as in RFC 7932: for
/// the larger ones that some decoders take, a GiB is reserved before anything is decoded.
fn decompress(body: &[u8], limit: usize) -> Result<Vec<u8>, BodyError> {
    let alloc = StandardAlloc::default;
    let mut state = BrotliState::new_strict(alloc(), alloc(), alloc());
    let (mut taken, mut left, mut total) = (0, body.len(), 0);
    let mut decoded = Vec::new();
    loop {
        let (made, mut room, mut written) = (decoded.len(), PIECE, 0);
        decoded.resize(made + PIECE, 0);
        let result = BrotliDecompressStream(
            &mut left,
            &mut taken,
            body,
            &mut room,
            &mut written,
            &mut decoded[made..],
            &mut total,
            &mut state,
        );
        decoded.truncate(made + written);
        if decoded.len() > limit {
            return Err(BodyError::TooLarge);
        }
        match result {
            BrotliResult::ResultSuccess if left == 0 => return Ok(decoded),
            BrotliResult::NeedsMoreOutput => {}
            BrotliResult::ResultSuccess
            | BrotliResult::NeedsMoreInput
            | BrotliResult::ResultFailure => return Err(BodyError::Malformed),
        }
    }
}

/// Undoes `deflate`, which RFC 9110 says has zlib's frame, and which some send without it.
fn inflate(body: &[u8], limit: usize) -> Result<Vec<u8>, BodyError> {
    let has_frame = match body {
        [first, second, ..] => {
            first & 0x0f == 8 && u16::from_be_bytes([*first, *second]).is_multiple_of(31)
        }
        _ => false,
    };
    let mut decompress = Decompress::new(has_frame);
    let mut decoded = Vec::new();
    let mut rest = body;
    loop {
        decoded.reserve(PIECE);
        let (taken, made) = (decompress.total_in(), decoded.len());
        let status = decompress
            .decompress_vec(rest, &mut decoded, FlushDecompress::None)
            .map_err(|_| BodyError::Malformed)?;
        let taken = usize::try_from(decompress.total_in() - taken).unwrap_or(rest.len());
        rest = &rest[taken..];
        if decoded.len() > limit {
            return Err(BodyError::TooLarge);
        }
        match status {
            Status::StreamEnd if rest.is_empty() => return Ok(decoded),
            Status::StreamEnd => return Err(BodyError::Malformed),
            Status::Ok | Status::BufError if taken == 0 && decoded.len() == made => {
                return Err(BodyError::Malformed);
            }
            Status::Ok | Status::BufError => {}
        }
    }
}
