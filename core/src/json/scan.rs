//! Finding the few bytes that matter, eight at a time.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH_BITS: u64 = 0x8080_8080_8080_8080;

/// Where the next quote, backslash or control character stands, from `pos` on; the text's length
/// if there is none.
#[inline]
pub(super) fn string_special(bytes: &[u8], mut pos: usize) -> usize {
    while let Some(chunk) = bytes.get(pos..).and_then(|rest| rest.first_chunk::<8>()) {
        let word = u64::from_le_bytes(*chunk);
        let quote = zero_bytes(word ^ (ONES * u64::from(b'"')));
        let backslash = zero_bytes(word ^ (ONES * u64::from(b'\\')));
        let control = word.wrapping_sub(ONES * 0x20) & !word;
        // A borrow can only raise a false hit above a true one, and the lowest is taken.
        let hits = (quote | backslash | control) & HIGH_BITS;
        if hits != 0 {
            return pos + (hits.trailing_zeros() / 8) as usize;
        }
        pos += 8;
    }
    while let Some(&byte) = bytes.get(pos) {
        if byte == b'"' || byte == b'\\' || byte < 0x20 {
            break;
        }
        pos += 1;
    }
    pos
}

#[inline]
fn zero_bytes(word: u64) -> u64 {
    word.wrapping_sub(ONES) & !word
}

#[inline]
pub(super) fn is_whitespace(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
}

#[cfg(test)]
mod tests {
    use super::string_special;

    #[test]
    fn finds_what_a_plain_search_finds() {
        let special = |byte: u8| byte == b'"' || byte == b'\\' || byte < 0x20;
        for byte in 0..=255_u8 {
            for lead in 0..20 {
                for filler in [b'a', 0x7f, 0x80, 0xff, b'#', b'!', b'[', b']', b' '] {
                    let mut text = vec![filler; 30];
                    text[lead] = byte;
                    let expected = text.iter().position(|&b| special(b)).unwrap_or(text.len());
                    assert_eq!(string_special(&text, 0), expected, "{text:?}");
                }
            }
        }
    }
}
