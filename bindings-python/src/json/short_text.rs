//! Short texts as numbers, to look them up by.

const WORD: usize = size_of::<u64>();

/// The bytes of a text that two words hold, which may overlap, and how many they are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct ShortText {
    length: usize,
    first: u64,
    last: u64,
}

impl ShortText {
    pub(super) const EMPTY: Self = Self { length: 0, first: 0, last: 0 };

    /// `None` if the text is longer than two words.
    #[inline]
    pub(super) fn of(text: &[u8]) -> Option<Self> {
        let length = text.len();
        let (first, last) = if let (Some(first), Some(last)) =
            (text.first_chunk::<8>(), text.last_chunk::<8>())
        {
            (u64::from_le_bytes(*first), u64::from_le_bytes(*last))
        } else if let (Some(first), Some(last)) = (text.first_chunk::<4>(), text.last_chunk::<4>())
        {
            (u32::from_le_bytes(*first).into(), u32::from_le_bytes(*last).into())
        } else {
            (text.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)), 0)
        };
        (length <= 2 * WORD).then_some(Self { length, first, last })
    }

    /// A number of ten bits.
    #[inline]
    pub(super) fn hash(self) -> usize {
        let mixed = self.first ^ self.last.rotate_left(29) ^ self.length as u64;
        // The product's upper bits depend on all of the lower ones.
        (mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54) as usize
    }
}
