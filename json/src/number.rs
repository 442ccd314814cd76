/// A JSON number as it is written, of any size and precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RawNumber<'a> {
    text: &'a str,
    integer: bool,
}

impl<'a> RawNumber<'a> {
    pub(super) fn new(text: &'a str, integer: bool) -> Self {
        Self { text, integer }
    }

    /// Returns the number's characters.
    #[must_use]
    pub fn as_str(&self) -> &'a str {
        self.text
    }

    /// Returns `true` if the number has neither a fraction nor an exponent.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        self.integer
    }

    /// Returns the integer, or `None` if the number is not one or does not fit in 64 bits. Negative
    /// zero is 0.
    #[inline]
    #[must_use]
    pub fn to_i64(&self) -> Option<i64> {
        if !self.integer {
            return None;
        }
        // As many digits as cannot overflow, which are nearly all there are.
        if self.text.len() > 18 || self.text.starts_with('-') {
            return self.text.parse().ok();
        }
        Some(self.text.bytes().fold(0, |value, digit| value * 10 + i64::from(digit - b'0')))
    }

    /// Returns the nearest IEEE 754 double; infinite beyond its range.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        // JSON's numbers are a subset of what Rust parses.
        self.text.parse().unwrap_or(f64::NAN)
    }
}

/// Reads the number at `start`: its end, and whether it is an integer.
///
/// # Errors
/// Where it stops being a number.
#[expect(clippy::inline_always, reason = "measured: a call in every number")]
#[inline(always)]
pub(super) fn scan_number(bytes: &[u8], start: usize) -> Result<(usize, bool), usize> {
    let at = |pos: usize| bytes.get(pos).copied().unwrap_or(0);
    let digits = |mut pos: usize| -> Result<usize, usize> {
        if !at(pos).is_ascii_digit() {
            return Err(pos);
        }
        while at(pos).is_ascii_digit() {
            pos += 1;
        }
        Ok(pos)
    };

    let mut pos = start;
    if at(pos) == b'-' {
        pos += 1;
    }
    pos = if at(pos) == b'0' { pos + 1 } else { digits(pos)? };
    if at(pos).is_ascii_digit() {
        return Err(pos);
    }
    let mut integer = true;
    if at(pos) == b'.' {
        integer = false;
        pos = digits(pos + 1)?;
    }
    if matches!(at(pos), b'e' | b'E') {
        integer = false;
        pos += 1;
        if matches!(at(pos), b'+' | b'-') {
            pos += 1;
        }
        pos = digits(pos)?;
    }
    Ok((pos, integer))
}
