//! Numbers, texts and lists.

use std::time::Duration;

use hookseal_json::{Pointer, Root, Selector};

use super::Compact;
use crate::headers::HeaderName;
use crate::scheme::border::ByteSet;

impl Compact for u64 {
    fn read(from: &mut &[u8]) -> Option<Self> {
        let mut number = 0;
        for shift in (0..Self::BITS).step_by(7) {
            let (byte, rest) = from.split_first()?;
            *from = rest;
            number |= Self::from(byte & 127) << shift;
            if *byte < 128 {
                return Some(number);
            }
        }
        None
    }

    #[cfg(feature = "toml")]
    fn write(&self, to: &mut Vec<u8>) {
        let mut rest = *self;
        while rest > 127 {
            to.push(rest.to_le_bytes()[0] | 128);
            rest >>= 7;
        }
        to.push(rest.to_le_bytes()[0]);
    }
}

/// A type that is kept as another.
macro_rules! kept_as {
    ($type:ty as $other:ty, read $read:expr, write $write:expr) => {
        impl Compact for $type {
            fn read(from: &mut &[u8]) -> Option<Self> {
                let read: fn($other) -> Option<Self> = $read;
                <$other>::read(from).and_then(read)
            }

            #[cfg(feature = "toml")]
            fn write(&self, to: &mut Vec<u8>) {
                let write: fn(&Self) -> $other = $write;
                write(self).write(to);
            }
        }
    };
}

kept_as!(usize as u64, read | number | number.try_into().ok(), write | number | *number as u64);
kept_as!(u8 as u64, read | number | number.try_into().ok(), write | number | u64::from(*number));
kept_as!(bool as u64, read | number | Some(number == 1), write | flag | u64::from(*flag));
kept_as!(
    char as u64,
    read | number | char::from_u32(number.try_into().ok()?),
    write | character | u64::from(*character)
);
kept_as!(
    Duration as u64,
    read | seconds | Some(Self::from_secs(seconds)),
    write | duration | duration.as_secs()
);
kept_as!(Pointer as usize, read Self::from_index, write |pointer| pointer.index());
kept_as!(
    HeaderName as String,
    read | name | Self::new(&name),
    write | name | name.as_str().to_owned()
);
kept_as!(
    ByteSet as Vec<u8>,
    read | bytes | Some(Self::of(&bytes)),
    write | set | (0..=u8::MAX).filter(|byte| set.contains(*byte)).collect()
);
kept_as!(
    Selector as (Root, Vec<String>),
    read | (root, pointers) | {
        let mut selector = Self::of(root);
        pointers.iter().try_for_each(|pointer| selector.add(pointer).map(|_| ())).ok()?;
        Some(selector)
    },
    write | selector | (selector.root(), selector.pointers())
);

impl Compact for String {
    fn read(from: &mut &[u8]) -> Option<Self> {
        let len = usize::read(from)?;
        let (text, rest) = from.split_at_checked(len)?;
        *from = rest;
        core::str::from_utf8(text).ok().map(str::to_owned)
    }

    #[cfg(feature = "toml")]
    fn write(&self, to: &mut Vec<u8>) {
        self.len().write(to);
        to.extend_from_slice(self.as_bytes());
    }
}

impl<T: Compact> Compact for Vec<T> {
    fn read(from: &mut &[u8]) -> Option<Self> {
        let len = usize::read(from)?;
        (0..len).map(|_| T::read(from)).collect()
    }

    #[cfg(feature = "toml")]
    fn write(&self, to: &mut Vec<u8>) {
        self.len().write(to);
        for item in self {
            item.write(to);
        }
    }
}

impl<T: Compact> Compact for Option<T> {
    fn read(from: &mut &[u8]) -> Option<Self> {
        Some(if bool::read(from)? { Some(T::read(from)?) } else { None })
    }

    #[cfg(feature = "toml")]
    fn write(&self, to: &mut Vec<u8>) {
        self.is_some().write(to);
        if let Some(value) = self {
            value.write(to);
        }
    }
}

impl<T: Compact> Compact for Box<T> {
    fn read(from: &mut &[u8]) -> Option<Self> {
        T::read(from).map(Self::new)
    }

    #[cfg(feature = "toml")]
    fn write(&self, to: &mut Vec<u8>) {
        T::write(self, to);
    }
}

impl<A: Compact, B: Compact> Compact for (A, B) {
    fn read(from: &mut &[u8]) -> Option<Self> {
        Some((A::read(from)?, B::read(from)?))
    }

    #[cfg(feature = "toml")]
    fn write(&self, to: &mut Vec<u8>) {
        self.0.write(to);
        self.1.write(to);
    }
}

#[cfg(all(test, feature = "toml"))]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_are_written() {
        for number in [0, 1, 127, 128, 300, 16_384, u64::from(u32::MAX), u64::MAX] {
            let mut written = Vec::new();
            number.write(&mut written);
            let mut rest = &written[..];
            assert_eq!((u64::read(&mut rest), rest.len()), (Some(number), 0));
            assert_eq!(u64::read(&mut &written[..written.len() - 1]), None, "{number}");
        }
        assert_eq!(u64::read(&mut &[255; 11][..]), None);
    }

    #[test]
    fn what_is_cut_off_is_refused() {
        let mut written = Vec::new();
        let values = vec![("é".to_owned(), Some(7_usize)), (String::new(), None)];
        values.write(&mut written);
        for len in 0..written.len() {
            assert_eq!(Vec::<(String, Option<usize>)>::read(&mut &written[..len]), None, "{len}");
        }
        assert_eq!(Compact::read(&mut &written[..]), Some(values));
        assert_eq!(String::read(&mut &[2, 0xff, 0xff][..]), None);
        assert_eq!(char::read(&mut &[0x80, 0xb0, 0x03][..]), None);
    }
}
