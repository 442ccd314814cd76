//! Finding the bytes that matter, many at a time.
#![expect(clippy::inline_always, reason = "measured: a call would keep the cursor in memory")]

use wide::u8x16;

/// How many bytes are looked at together: as many as a mask has bits.
const BLOCK: usize = 64;

/// A place in a text, and where strings end or need a closer look from there on.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    bytes: &'a [u8],
    pub(super) pos: usize,
    /// Where the block begins that was looked at last. Most strings end in the one in which the
    /// string before them did.
    block: usize,
    /// A bit for each byte of the block that is not passed yet, the first lowest: set for a quote,
    /// a backslash and a control character. To drop one is quick, where to find the next one after
    /// a position takes steps that wait for each other.
    specials: u64,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, pos: 0, block: 0, specials: string_specials(bytes, 0) }
    }

    #[inline]
    pub(super) fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    #[inline]
    pub(super) fn is_at_end(&self) -> bool {
        self.pos == self.bytes.len()
    }

    /// Goes to the next byte that is not white space and gives it; 0 at the end.
    #[inline(always)]
    pub(super) fn token(&mut self) -> u8 {
        loop {
            match self.bytes.get(self.pos) {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.pos += 1,
                Some(&byte) => return byte,
                None => return 0,
            }
        }
    }

    /// Goes past a word, if that is what comes next.
    #[inline(always)]
    pub(super) fn pass(&mut self, word: &[u8]) -> bool {
        let passes = self.bytes[self.pos..].starts_with(word);
        if passes {
            self.pos += word.len();
        }
        passes
    }

    /// Lets the quote that comes next be the first special byte.
    #[inline(always)]
    pub(super) fn find_quote(&mut self) {
        if self.first_special() != Some(self.pos) {
            self.drop_specials_before(self.pos);
        }
    }

    /// After a string: whether `mark` and another string come next, with one space or nothing
    /// between them; goes to its quote.
    #[inline(always)]
    pub(super) fn goes_on(&mut self, mark: u8) -> bool {
        match self.bytes.get(self.pos..) {
            Some([first, b'"', ..]) if *first == mark => self.pos += 1,
            Some([first, b' ', b'"', ..]) if *first == mark => self.pos += 2,
            _ => return false,
        }
        // None of what was passed is special, so that the quote is the first one if any is left.
        if self.specials == 0 {
            self.drop_specials_before(self.pos);
        }
        true
    }

    /// From an opening quote, which is the first special byte, goes past the closing one. If
    /// something else comes before, it goes to that, or to the end, and says `false`.
    #[inline(always)]
    pub(super) fn pass_plain_string(&mut self) -> bool {
        self.drop_special();
        self.go_to_special();
        if self.bytes.get(self.pos) == Some(&b'"') {
            self.pos += 1;
            true
        } else {
            false
        }
    }

    /// Goes to the next quote, backslash or control character, or to the end.
    pub(super) fn find_special(&mut self) {
        self.drop_specials_before(self.pos);
        self.go_to_special();
    }

    #[inline(always)]
    fn first_special(&self) -> Option<usize> {
        (self.specials != 0).then(|| self.block + self.specials.trailing_zeros() as usize)
    }

    #[inline(always)]
    fn drop_special(&mut self) {
        self.specials &= self.specials.wrapping_sub(1);
    }

    /// Goes to the first special byte that is not dropped, and drops it.
    #[inline(always)]
    fn go_to_special(&mut self) {
        loop {
            if let Some(special) = self.first_special() {
                self.pos = special;
                self.drop_special();
                return;
            }
            if self.bytes.len() - self.block <= BLOCK {
                self.pos = self.bytes.len();
                return;
            }
            self.look_at(self.block + BLOCK);
        }
    }

    #[inline(always)]
    fn drop_specials_before(&mut self, pos: usize) {
        let block = pos / BLOCK * BLOCK;
        if block != self.block {
            self.look_at(block);
        }
        self.specials &= u64::MAX << (pos % BLOCK);
    }

    #[inline(always)]
    fn look_at(&mut self, block: usize) {
        self.block = block;
        self.specials = string_specials(self.bytes, block);
    }
}

#[inline(never)]
fn string_specials(bytes: &[u8], start: usize) -> u64 {
    let rest = &bytes[start..];
    match rest.first_chunk::<BLOCK>() {
        Some(block) => block_specials(block),
        None => last_specials(rest),
    }
}

/// Returns the special bytes of less than a block.
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

#[cfg(test)]
mod tests {
    use super::Cursor;

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
                    let mut cursor = Cursor::new(&text);
                    cursor.find_special();
                    assert_eq!(cursor.pos, expected, "{text:?}");
                }
            }
        }
    }

    #[test]
    fn finds_each_in_turn() {
        let text: Vec<u8> = (0..400_u32).map(|i| (i * i % 251) as u8).collect();
        let mut cursor = Cursor::new(&text);
        let mut found = Vec::new();
        cursor.find_special();
        while cursor.pos < text.len() {
            found.push(cursor.pos);
            cursor.pos += 1;
            cursor.find_special();
        }
        let expected: Vec<usize> = (0..text.len()).filter(|&pos| special(text[pos])).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn passes_strings_wherever_they_stand() {
        for before in 0..200 {
            for length in [0, 1, 30, 61, 62, 63, 64, 65, 130] {
                for white in ["", " ", "\n", "\n\n\n\t"] {
                    let text = format!("{}{white}\"{}\"?", "\n".repeat(before), "a".repeat(length));
                    let mut cursor = Cursor::new(text.as_bytes());
                    assert_eq!(cursor.token(), b'"');
                    cursor.find_quote();
                    assert!(cursor.pass_plain_string());
                    assert_eq!(cursor.token(), b'?');
                    assert_eq!(cursor.pos, text.len() - 1);
                }
            }
        }
    }
}
