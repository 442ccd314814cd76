//! Finding the bytes that matter, many at a time.

use wide::u8x16;

/// How many bytes are looked at together: as many as a mask has bits.
const BLOCK: usize = 64;

/// Finds where strings end or need a closer look. The block that was looked at last is kept: most
/// strings end in the one in which the string before them did.
pub(super) struct StringEnds {
    block: usize,
    /// A bit for each byte of the block, the first lowest: set for a quote, a backslash and a
    /// control character.
    hits: u64,
}

impl StringEnds {
    pub(super) const fn new() -> Self {
        Self { block: usize::MAX, hits: 0 }
    }

    /// Where the next quote, backslash or control character stands, from `pos` on; the text's
    /// length if there is none. The text must be the same in every call.
    #[inline]
    pub(super) fn next(&mut self, bytes: &[u8], mut pos: usize) -> usize {
        while pos < bytes.len() {
            let block = pos / BLOCK;
            if block != self.block {
                self.hits = string_specials(bytes, block * BLOCK);
                self.block = block;
            }
            let hits = self.hits >> (pos % BLOCK);
            if hits != 0 {
                return pos + hits.trailing_zeros() as usize;
            }
            pos = (block + 1) * BLOCK;
        }
        bytes.len()
    }
}

#[inline]
fn string_specials(bytes: &[u8], start: usize) -> u64 {
    let rest = &bytes[start..];
    match rest.first_chunk::<BLOCK>() {
        Some(block) => block_specials(block),
        None => last_specials(rest),
    }
}

/// The same for less than a block.
#[inline(never)]
fn last_specials(rest: &[u8]) -> u64 {
    let mut block = [b' '; BLOCK];
    block[..rest.len()].copy_from_slice(rest);
    block_specials(&block)
}

#[inline]
fn block_specials(block: &[u8; BLOCK]) -> u64 {
    let quote = u8x16::splat(b'"');
    let backslash = u8x16::splat(b'\\');
    let last_control = u8x16::splat(0x1f);
    let (lanes, _) = block.as_chunks::<16>();
    lanes.iter().rev().fold(0, |hits, lane| {
        let lane = u8x16::new(*lane);
        let special =
            lane.simd_eq(quote) | lane.simd_eq(backslash) | lane.min(last_control).simd_eq(lane);
        hits << 16 | u64::from(special.to_bitmask())
    })
}

#[inline]
pub(super) fn is_whitespace(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
}

#[cfg(test)]
mod tests {
    use super::StringEnds;

    fn special(byte: u8) -> bool {
        byte == b'"' || byte == b'\\' || byte < 0x20
    }

    #[test]
    fn finds_what_a_plain_search_finds() {
        for byte in 0..=255_u8 {
            for lead in [0, 1, 15, 16, 17, 62, 63, 64, 65, 127, 128, 149] {
                for filler in [b'a', 0x7f, 0x80, 0xff, b'#', b'!', b'[', b']', b' '] {
                    let mut text = [filler; 150];
                    text[lead] = byte;
                    let expected = text.iter().position(|&b| special(b)).unwrap_or(text.len());
                    assert_eq!(StringEnds::new().next(&text, 0), expected, "{text:?}");
                }
            }
        }
    }

    #[test]
    fn finds_each_in_turn() {
        let text: Vec<u8> = (0..400_u32).map(|i| (i * i % 251) as u8).collect();
        let mut ends = StringEnds::new();
        let mut found = Vec::new();
        let mut pos = ends.next(&text, 0);
        while pos < text.len() {
            found.push(pos);
            pos = ends.next(&text, pos + 1);
        }
        let expected: Vec<usize> = (0..text.len()).filter(|&pos| special(text[pos])).collect();
        assert_eq!(found, expected);
    }
}
