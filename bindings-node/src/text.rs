//! Text between JavaScript, which has UTF-16, and the core, which has UTF-8.

use std::ops::Range;
use std::ptr;

use encoding_rs::mem;
use napi::sys;

use crate::call::Call;

/// What one UTF-16 code unit comes to at the most, and a NUL.
const MARGIN: usize = 4;

/// Memory for a call's texts, kept for the next one.
#[derive(Default)]
pub(crate) struct Scratch {
    bytes: Vec<u8>,
    units: Vec<u16>,
    pub(crate) headers: Vec<u8>,
    pub(crate) ends: Vec<(usize, usize)>,
}

/// More is not kept: one large delivery does not cost memory for ever.
const KEPT: usize = 1 << 16;

impl Scratch {
    /// Gives back what was only needed for a large delivery.
    pub(crate) fn trim(&mut self) {
        if self.bytes.capacity() > KEPT {
            self.bytes = Vec::new();
        }
        if self.headers.capacity() > KEPT {
            self.headers = Vec::new();
        }
        if self.units.capacity() > KEPT {
            self.units = Vec::new();
        }
    }

    /// JavaScript's string, or `None` if memory or V8's limit of a string's length is exceeded.
    pub(crate) fn string(&mut self, call: &Call<'_>, text: &str) -> Option<sys::napi_value> {
        self.string_and_place(call, text, 0..0).map(|(value, _)| value)
    }

    /// The same, and where in it a part of the text stands.
    pub(crate) fn string_and_place(
        &mut self,
        call: &Call<'_>,
        text: &str,
        place: Range<usize>,
    ) -> Option<(sys::napi_value, Range<usize>)> {
        if text.is_ascii() {
            return Some((latin1(call, text.as_bytes())?, place));
        }
        let parts = [&text[..place.start], &text[place.clone()], &text[place.end..]];
        let mut ends = [0; 3];
        let mut end = 0;
        if mem::is_str_latin1(text) {
            grow(&mut self.bytes, text.len());
            for (part, part_end) in parts.into_iter().zip(&mut ends) {
                end += mem::convert_utf8_to_latin1_lossy(part.as_bytes(), &mut self.bytes[end..]);
                *part_end = end;
            }
            Some((latin1(call, &self.bytes[..end])?, ends[0]..ends[1]))
        } else {
            grow(&mut self.units, text.len());
            for (part, part_end) in parts.into_iter().zip(&mut ends) {
                end += mem::convert_str_to_utf16(part, &mut self.units[end..]);
                *part_end = end;
            }
            Some((utf16(call, &self.units[..end])?, ends[0]..ends[1]))
        }
    }
}

/// Makes room for what a text of this many bytes comes to at the most.
fn grow<T: Clone + Default>(memory: &mut Vec<T>, length: usize) {
    if memory.len() < length {
        memory.resize(length, T::default());
    }
}

fn latin1(call: &Call<'_>, bytes: &[u8]) -> Option<sys::napi_value> {
    let mut value = ptr::null_mut();
    let length = isize::try_from(bytes.len()).ok()?;
    // SAFETY: there are `length` bytes.
    let status = unsafe {
        sys::napi_create_string_latin1(call.env, bytes.as_ptr().cast(), length, &raw mut value)
    };
    (status == sys::Status::napi_ok).then_some(value)
}

fn utf16(call: &Call<'_>, units: &[u16]) -> Option<sys::napi_value> {
    let mut value = ptr::null_mut();
    let length = isize::try_from(units.len()).ok()?;
    // SAFETY: there are `length` code units.
    let status =
        unsafe { sys::napi_create_string_utf16(call.env, units.as_ptr(), length, &raw mut value) };
    (status == sys::Status::napi_ok).then_some(value)
}

/// Appends a JavaScript string to `out` as UTF-8; `false` if it is no string. Read as Latin-1 it
/// would be quicker, but each character would be cut to its low byte, and so a signature with a
/// character replaced by another one verify.
pub(crate) fn append(call: &Call<'_>, value: sys::napi_value, out: &mut Vec<u8>) -> bool {
    // The usual header fits at once; else ask for the length.
    out.reserve(256);
    let Some(mut length) = write(call, value, out) else { return false };
    if length + MARGIN >= out.capacity() - out.len() {
        let Some(needed) = utf8_length(call, value) else { return false };
        out.reserve(needed + MARGIN + 1);
        let Some(written) = write(call, value, out) else { return false };
        length = written;
    }
    // SAFETY: that many bytes were written, within the capacity.
    unsafe { out.set_len(out.len() + length) };
    true
}

/// Writes what fits into the spare capacity.
fn write(call: &Call<'_>, value: sys::napi_value, out: &mut Vec<u8>) -> Option<usize> {
    let spare = out.spare_capacity_mut();
    let mut length = 0;
    // SAFETY: there are that many bytes to write to.
    let status = unsafe {
        sys::napi_get_value_string_utf8(
            call.env,
            value,
            spare.as_mut_ptr().cast(),
            spare.len(),
            &raw mut length,
        )
    };
    (status == sys::Status::napi_ok).then_some(length)
}

fn utf8_length(call: &Call<'_>, value: sys::napi_value) -> Option<usize> {
    let mut length = 0;
    // SAFETY: without memory to write to, only the length is told.
    let status = unsafe {
        sys::napi_get_value_string_utf8(call.env, value, ptr::null_mut(), 0, &raw mut length)
    };
    (status == sys::Status::napi_ok).then_some(length)
}
