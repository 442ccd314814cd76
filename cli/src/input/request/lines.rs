//! Lines that end with LF or CRLF.

/// The lines of a request's head, and what is left after those that were taken.
pub(super) struct Lines<'b> {
    pub(super) rest: &'b [u8],
    pub(super) number: usize,
}

impl<'b> Lines<'b> {
    /// The next line without its end, `None` if the bytes end before it does.
    pub(super) fn next_line(&mut self) -> Option<&'b [u8]> {
        let end = self.rest.iter().position(|byte| *byte == b'\n')?;
        let line = &self.rest[..end];
        self.rest = &self.rest[end + 1..];
        self.number += 1;
        Some(line.strip_suffix(b"\r").unwrap_or(line))
    }
}
