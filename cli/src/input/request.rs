//! A raw HTTP/1.x request as a file: what `listen --save` writes and `--request` reads.

mod chunked;
mod lines;

use lines::Lines;

use super::delivery::{Delivery, HeaderList};
use super::headers;
use crate::failure::Failure;

/// A request as it goes over the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) target: String,
    /// With the body as it was before it was cut in chunks.
    pub(crate) delivery: Delivery,
}

/// Reads a captured request. Its head may end its lines with CRLF or LF; its body is taken byte
/// for byte.
pub(crate) fn read(bytes: &[u8]) -> Result<Request, Failure> {
    if bytes.starts_with(b"\xef\xbb\xbf") || bytes.starts_with(b"\xff\xfe") {
        return Err(Failure::input(
            "the file begins with a byte order mark: an editor changed it. Capture the request as \
             raw bytes",
        ));
    }
    let mut lines = Lines { rest: bytes, number: 0 };
    let (method, target) = request_line(lines.next_line().unwrap_or_default())?;
    let mut headers = HeaderList::new();
    loop {
        let Some(line) = lines.next_line() else {
            return Err(Failure::input(
                "the headers do not end: an empty line is expected after them, then the body",
            ));
        };
        // Postman's console has a space in it.
        if line.is_empty() || line == b" " {
            break;
        }
        let header = headers::line(line)
            .map_err(|what| Failure::input(format!("line {} {what}", lines.number)))?;
        headers.push(header);
    }
    let body = body(&headers, lines.rest)?;
    Ok(Request { method, target, delivery: Delivery { body, headers } })
}

/// Writes a request so that [`read`] gives it again, its body byte for byte. What said how the
/// body was transferred is replaced by its length.
pub(crate) fn write(request: &Request) -> Vec<u8> {
    let Delivery { body, headers } = &request.delivery;
    let mut out = format!("{} {} HTTP/1.1\r\n", request.method, request.target).into_bytes();
    for (name, value) in headers.iter().filter(|(name, _)| !is_framing(name)) {
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(b": ");
        out.extend_from_slice(value);
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes());
    out.extend_from_slice(body);
    out
}

fn is_framing(name: &str) -> bool {
    ["content-length", "transfer-encoding", "trailer"]
        .iter()
        .any(|framing| name.eq_ignore_ascii_case(framing))
}

fn request_line(line: &[u8]) -> Result<(String, String), Failure> {
    if line.starts_with(b"HTTP/") {
        return Err(Failure::input(
            "this is an answer, not a request: capture the other direction",
        ));
    }
    let text = core::str::from_utf8(line).unwrap_or_default();
    let mut parts = text.split(' ');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(method), Some(target), Some("HTTP/1.1" | "HTTP/1.0"), None)
            if !method.is_empty() && !target.is_empty() =>
        {
            Ok((method.to_owned(), target.to_owned()))
        }
        _ => Err(Failure::input(
            "this is no HTTP request: it must begin with a line such as `POST /webhooks HTTP/1.1`. \
             For a body alone, name the file without `--request`",
        )),
    }
}

/// The body as the headers say that it was transferred.
fn body(headers: &HeaderList, rest: &[u8]) -> Result<Vec<u8>, Failure> {
    let values = |wanted: &'static str| {
        let named = headers.iter().filter(move |(name, _)| name.eq_ignore_ascii_case(wanted));
        named.map(|(_, value)| value.as_slice())
    };
    if let Some(encoding) = values("transfer-encoding").next_back() {
        if !encoding.eq_ignore_ascii_case(b"chunked") {
            return Err(Failure::input(
                "its Transfer-Encoding is not understood: only `chunked` is",
            ));
        }
        let (body, after) = chunked::decode(rest).map_err(Failure::input)?;
        return nothing_after(after).map(|()| body);
    }
    let mut lengths = values("content-length");
    let Some(length) = lengths.next() else { return Ok(rest.to_owned()) };
    if lengths.any(|other| other != length) {
        return Err(Failure::input("it has more than one Content-Length, and they differ"));
    }
    let length: usize = core::str::from_utf8(length)
        .ok()
        .filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| Failure::input("its Content-Length is no number"))?;
    match rest.split_at_checked(length) {
        Some((body, after)) => nothing_after(after).map(|()| body.to_owned()),
        None => Err(Failure::input(format!(
            "Content-Length says {length} bytes, and the file has {}: the capture was cut, or an \
             editor changed its line ends",
            rest.len()
        ))),
    }
}

/// A newline at the end is an editor's, and not the body's.
fn nothing_after(rest: &[u8]) -> Result<(), Failure> {
    match rest {
        b"" | b"\n" | b"\r\n" => Ok(()),
        // Postman's console has the answer below it.
        rest if rest.trim_ascii_start().starts_with(b"HTTP/1.") => Ok(()),
        _ => Err(Failure::input(format!(
            "{} bytes follow the body: leave one request in the file, and its Content-Length as it \
             was sent",
            rest.len()
        ))),
    }
}

#[cfg(test)]
mod tests;
