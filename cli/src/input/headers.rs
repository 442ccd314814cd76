//! Headers as they are typed, and as HTTP writes them.

use super::delivery::HeaderList;
use super::{exported, logged_headers};
use crate::failure::Failure;

/// Reads headers from arguments, `Name: value` each.
pub(crate) fn headers(arguments: &[String]) -> Result<HeaderList, Failure> {
    let read = |argument: &String| {
        line(argument.as_bytes())
            .map_err(|what| Failure::usage(format!("a header that is given with `-H` {what}")))
    };
    arguments.iter().map(read).collect()
}

/// Reads headers from arguments, whose values are text.
pub(crate) fn text_headers(arguments: &[String]) -> Result<Vec<(String, String)>, Failure> {
    let text = |value: Vec<u8>| String::from_utf8_lossy(&value).into_owned();
    Ok(headers(arguments)?.into_iter().map(|(name, value)| (name, text(value))).collect())
}

/// Reads headers from a file: `Name: value` in each line, or JSON as programs log them.
pub(super) fn from_file(bytes: &[u8]) -> Result<HeaderList, Failure> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if matches!(bytes.trim_ascii_start().first(), Some(b'{' | b'[')) {
        // A log's entry holds them deeper.
        return logged_headers::read(bytes).or_else(|error| exported::headers(bytes).ok_or(error));
    }
    let mut lines = bytes.split(|byte| *byte == b'\n').enumerate().peekable();
    // A request's first line is often copied along.
    lines.next_if(|(_, line)| line.trim_ascii().windows(6).any(|part| part == b"HTTP/1"));
    let written = lines.filter(|(_, line)| !line.trim_ascii().is_empty());
    let read = |(index, text): (usize, &[u8])| {
        line(text).map_err(|what| Failure::input(format!("line {} {what}", index + 1)))
    };
    written.map(read).collect()
}

/// Reads one header. An error says what is wrong with it and never holds a part of it: it may be a
/// secret in the wrong place.
pub(super) fn line(line: &[u8]) -> Result<(String, Vec<u8>), &'static str> {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if matches!(line.first(), Some(b' ' | b'\t')) {
        return Err("begins with white space: the name of a header must");
    }
    let Some(colon) = line.iter().position(|byte| *byte == b':') else {
        return Err("has no colon: write it as `Name: value`");
    };
    let (name, value) = (&line[..colon], &line[colon + 1..]);
    match core::str::from_utf8(name) {
        Ok(name) if is_name(name) => Ok((name.to_owned(), value.trim_ascii().to_owned())),
        _ => Err("has a name that HTTP does not allow: write it as `Name: value`"),
    }
}

fn is_name(name: &str) -> bool {
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(token)
}
