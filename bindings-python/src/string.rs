//! New Python strings.
#![allow(unsafe_code, reason = "PyO3 makes strings through Python's decoder alone")]

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyString;

/// As `PyString::new`, but fast for what is not ASCII: Python's decoder begins with the narrowest
/// string and copies it into wider ones as it meets wider characters.
#[inline]
pub(crate) fn new<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyString>> {
    if text.is_ascii() { ascii(py, text) } else { wide(py, text) }
}

#[cfg(feature = "abi3")]
use through_the_stable_abi::{ascii, wide};

#[cfg(not(feature = "abi3"))]
use in_place::{ascii, wide};

#[cfg(feature = "abi3")]
mod through_the_stable_abi {
    use super::{Bound, PyResult, PyString, Python};

    #[expect(clippy::unnecessary_wraps, reason = "the other build's can fail")]
    #[inline]
    pub(super) fn ascii<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyString>> {
        Ok(PyString::new(py, text))
    }

    /// Python reads wide characters twice: for the widest, then to copy.
    #[cfg(not(windows))]
    pub(super) fn wide<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyString>> {
        let wide: smallvec::SmallVec<[char; 64]> = text.chars().collect();
        let length = wide.len().cast_signed();
        // SAFETY: `wchar_t` holds a whole code point on these systems, as `char` does.
        let string = unsafe { super::ffi::PyUnicode_FromWideChar(wide.as_ptr().cast(), length) };
        // SAFETY: it is a new reference, or null with an exception set.
        let string = unsafe { Bound::from_owned_ptr_or_err(py, string) };
        Ok(string?.cast_into()?)
    }

    #[cfg(windows)]
    pub(super) use ascii as wide;
}

#[cfg(not(feature = "abi3"))]
mod in_place {
    use core::mem::MaybeUninit;

    use super::{Bound, PyResult, PyString, Python, ffi};

    /// A string of `length` characters that are yet to be written, none above `widest`.
    #[inline]
    fn blank(py: Python<'_>, length: usize, widest: u32) -> PyResult<Bound<'_, PyString>> {
        // SAFETY: this thread is attached, as the token shows.
        let string = unsafe { ffi::PyUnicode_New(length.cast_signed(), widest) };
        // SAFETY: it is a new reference, or null with an exception set.
        let string = unsafe { Bound::from_owned_ptr_or_err(py, string) }?;
        // SAFETY: it is a string.
        Ok(unsafe { string.cast_into_unchecked() })
    }

    #[inline]
    pub(super) fn ascii<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyString>> {
        let string = blank(py, text.len(), 127)?;
        // SAFETY: nobody else has the string yet.
        let data = unsafe { ffi::PyUnicode_DATA(string.as_ptr()) };
        // SAFETY: an ASCII string has a byte for each character.
        unsafe { data.cast::<u8>().copy_from_nonoverlapping(text.as_ptr(), text.len()) };
        Ok(string)
    }

    /// Up to this many bytes a text is decoded once, and else looked through beforehand.
    const SHORT: usize = 64;

    /// UTF-8's first bytes of characters from U+0100 and from U+10000 on are these and above.
    const TWO_BYTES_WIDE: u8 = 0xc4;
    const FOUR_BYTES_WIDE: u8 = 0xf0;

    pub(super) fn wide<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyString>> {
        let points = text.chars().map(u32::from);
        if text.len() <= SHORT {
            let mut decoded = [0; SHORT];
            let (mut length, mut bits) = (0, 0);
            for (place, point) in decoded.iter_mut().zip(points) {
                *place = point;
                bits |= point;
                length += 1;
            }
            return fill(py, length, bits, decoded[..length].iter().copied());
        }
        // Of the bytes alone, which is done many at a time.
        let length = text.bytes().filter(|byte| !(0x80..0xc0).contains(byte)).count();
        let widest = match text.bytes().fold(0, u8::max) {
            FOUR_BYTES_WIDE.. => 0x0010_ffff,
            TWO_BYTES_WIDE..FOUR_BYTES_WIDE => 0xffff,
            ..TWO_BYTES_WIDE => 0xff,
        };
        fill(py, length, widest, points)
    }

    /// A string of so many characters, in which the widest has its highest bit where `widest` has it.
    #[expect(clippy::cast_possible_truncation, reason = "no character is wider than the widest")]
    #[inline]
    fn fill(
        py: Python<'_>,
        length: usize,
        widest: u32,
        points: impl Iterator<Item = u32>,
    ) -> PyResult<Bound<'_, PyString>> {
        if widest < 0x100 {
            let mut string = blank(py, length, 0xff)?;
            write(&mut string, length, points.map(|point| point as u8));
            Ok(string)
        } else if widest < 0x1_0000 {
            let mut string = blank(py, length, 0xffff)?;
            write(&mut string, length, points.map(|point| point as u16));
            Ok(string)
        } else {
            let mut string = blank(py, length, 0x0010_ffff)?;
            write(&mut string, length, points);
            Ok(string)
        }
    }

    /// Writes the characters of a blank string that has `length` of this width.
    #[inline]
    fn write<C>(
        string: &mut Bound<'_, PyString>,
        length: usize,
        characters: impl Iterator<Item = C>,
    ) {
        // SAFETY: nobody else has the string yet.
        let data = unsafe { ffi::PyUnicode_DATA(string.as_ptr()) };
        // SAFETY: it was made for that many characters of this width.
        let places =
            unsafe { core::slice::from_raw_parts_mut(data.cast::<MaybeUninit<C>>(), length) };
        for (place, character) in places.iter_mut().zip(characters) {
            place.write(character);
        }
    }
}
