//! UTF-16, as PowerShell writes files.

/// The text of UTF-16, with a mark of its byte order or recognised by its zeros.
pub(super) fn from_utf16(bytes: &[u8]) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let little = match bytes.first_chunk::<2>()? {
        [0xff, 0xfe] | [1..=0x7f, 0] => true,
        [0xfe, 0xff] | [0, 1..=0x7f] => false,
        _ => return None,
    };
    // A line feed that was written as a single byte may follow.
    if !matches!(rest, [] | [b'\n']) {
        return None;
    }
    let unit =
        |pair: &[u8; 2]| if little { u16::from_le_bytes(*pair) } else { u16::from_be_bytes(*pair) };
    let text: String = char::decode_utf16(pairs.iter().map(unit)).collect::<Result<_, _>>().ok()?;
    Some(text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_utf_16() {
        let little: Vec<u8> = "\u{feff}{é}".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "{é}".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(from_utf16(&little).as_deref(), Some("{é}"));
        assert_eq!(from_utf16(&big).as_deref(), Some("{é}"));
        assert_eq!(from_utf16(b"{\"a\":1}"), None);
        assert_eq!(from_utf16(b""), None);
    }
}
