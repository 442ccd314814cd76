//! A captured request, in whatever form: raw as it goes over the wire, or as JSON.

use super::delivery::RequestLine;
use super::har::Found;
use super::{exported, request};
use crate::failure::Failure;

/// Reads a captured request. Of several in one file `number` says which, counted from 1.
pub(super) fn read(bytes: &[u8], number: Option<usize>) -> Result<Found, Failure> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if matches!(text.trim_ascii_start().first(), Some(b'{' | b'[')) {
        return exported::read(text, number);
    }
    if number.is_some_and(|number| number != 1) {
        return Err(Failure::input("this is one raw request, and `--entry` is for several"));
    }
    let request = request::read(bytes)?;
    let line = RequestLine::new(&request.method, &request.target);
    Ok(Found { delivery: request.delivery, line, note: None })
}
