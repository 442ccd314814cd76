/// A set of bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ByteSet([u128; 2]);

impl ByteSet {
    pub(crate) const EMPTY: Self = Self([0; 2]);
    pub(crate) const ALL: Self = Self([u128::MAX; 2]);

    pub(crate) const fn of(bytes: &[u8]) -> Self {
        let mut set = Self::EMPTY;
        let mut at = 0;
        while at < bytes.len() {
            set = set.with(bytes[at]);
            at += 1;
        }
        set
    }

    /// The bytes from `first` to `last`, both included.
    pub(crate) const fn range(first: u8, last: u8) -> Self {
        let mut set = Self::EMPTY.with(last);
        let mut byte = first;
        while byte < last {
            set = set.with(byte);
            byte += 1;
        }
        set
    }

    pub(crate) const fn with(mut self, byte: u8) -> Self {
        self.0[(byte >> 7) as usize] |= 1 << (byte & 127);
        self
    }

    pub(crate) const fn without(mut self, byte: u8) -> Self {
        self.0[(byte >> 7) as usize] &= !(1 << (byte & 127));
        self
    }

    pub(crate) const fn or(self, other: Self) -> Self {
        Self([self.0[0] | other.0[0], self.0[1] | other.0[1]])
    }

    pub(crate) const fn contains(self, byte: u8) -> bool {
        self.0[(byte >> 7) as usize] & (1 << (byte & 127)) != 0
    }

    pub(crate) const fn meets(self, other: Self) -> bool {
        (self.0[0] & other.0[0]) | (self.0[1] & other.0[1]) != 0
    }

    /// The byte in it, if it is just one.
    pub(crate) fn only(self) -> Option<u8> {
        let mut bytes = (0..=u8::MAX).filter(|byte| self.contains(*byte));
        bytes.next().filter(|_| bytes.next().is_none())
    }

    pub(crate) const fn is_empty(self) -> bool {
        !self.meets(Self::ALL)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_hold_what_was_put_in() {
        let set = ByteSet::of(b"a\0\xff").or(ByteSet::range(b'0', b'9')).without(b'5');
        let held: Vec<u8> = (0..=255).filter(|byte| set.contains(*byte)).collect();
        assert_eq!(held, b"\x0001234\x36789a\xff");
        assert_eq!(ByteSet::of(b"x").only(), Some(b'x'));
        assert_eq!((ByteSet::EMPTY.only(), set.only()), (None, None));
        assert!(ByteSet::EMPTY.is_empty() && !set.is_empty());
        assert!((0..=255).all(|byte| ByteSet::ALL.contains(byte)));
        assert!(set.meets(ByteSet::of(b"za")) && !set.meets(ByteSet::of(b"z5")));
    }
}
