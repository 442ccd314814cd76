//! Decodes a body that was transferred in chunks.

use super::lines::Lines;

/// The body, and what follows it.
pub(super) fn decode(bytes: &[u8]) -> Result<(Vec<u8>, &[u8]), &'static str> {
    const CUT: &str = "its body is chunked, and ends before its last chunk: the capture was cut";

    let mut body = Vec::new();
    let mut lines = Lines { rest: bytes, number: 0 };
    loop {
        let size = size(lines.next_line().ok_or(CUT)?)?;
        if size == 0 {
            break;
        }
        let (chunk, rest) = lines.rest.split_at_checked(size).ok_or(CUT)?;
        body.extend_from_slice(chunk);
        lines.rest = rest;
        match lines.next_line() {
            Some(b"") => {}
            Some(_) => return Err("a chunk of its body is longer than its size says"),
            None => return Err(CUT),
        }
    }
    // Trailers are no headers, and nothing that a scheme signs.
    while !lines.next_line().ok_or(CUT)?.is_empty() {}
    Ok((body, lines.rest))
}

fn size(line: &[u8]) -> Result<usize, &'static str> {
    let end = line.iter().position(|byte| *byte == b';').unwrap_or(line.len());
    let digits = line[..end].trim_ascii();
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_hexdigit) {
        return Err("its body is said to be chunked, and a chunk does not begin with its size");
    }
    core::str::from_utf8(digits)
        .ok()
        .and_then(|digits| usize::from_str_radix(digits, 16).ok())
        .ok_or("a chunk of its body is larger than can be")
}
