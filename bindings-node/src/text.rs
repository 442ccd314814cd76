//! Text between JavaScript, which has UTF-16, and the core, which has UTF-8.

use std::ops::Range;
use std::ptr;

use napi::sys;

use crate::call::Call;

/// What one UTF-16 code unit comes to at the most, and a NUL.
const MARGIN: usize = 4;

/// Memory for a call's texts, kept for the next one.
#[derive(Default)]
pub(crate) struct Scratch {
    units: Vec<u16>,
    pub(crate) headers: Vec<u8>,
    pub(crate) ends: Vec<(usize, usize)>,
}

/// More is not kept: one large delivery does not cost memory for ever.
const KEPT: usize = 1 << 16;

impl Scratch {
    /// Gives back what was only needed for a large delivery.
    pub(crate) fn trim(&mut self) {
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
        if self.units.len() < text.len() {
            self.units.resize(text.len(), 0);
        }
        for (part, part_end) in parts.into_iter().zip(&mut ends) {
            end += widen(part, &mut self.units[end..]);
            *part_end = end;
        }
        // V8 makes a string of bytes of it if that is enough.
        Some((utf16(call, &self.units[..end])?, ends[0]..ends[1]))
    }
}

/// How many bytes are widened at once if they are ASCII.
const STEP: usize = 32;

/// Writes a text as UTF-16, and says how many units that are: at most as many as it has bytes.
/// Several times as fast as `str::encode_utf16` and V8's own decoding, for text that is mostly
/// ASCII.
fn widen(text: &str, units: &mut [u16]) -> usize {
    let mut rest = text;
    let mut end = 0;
    while let Some((step, _)) = rest.as_bytes().split_first_chunk::<STEP>()
        && let Some(to) = units[end..].first_chunk_mut::<STEP>()
    {
        if step.is_ascii() {
            for (to, from) in to.iter_mut().zip(step) {
                *to = u16::from(*from);
            }
            end += STEP;
            rest = &rest[STEP..];
        } else {
            // To the end of what is not ASCII, so that the next step may be.
            let mut chars = rest.char_indices();
            let stop = chars
                .by_ref()
                .skip_while(|(_, char)| char.is_ascii())
                .find(|(_, char)| char.is_ascii())
                .map_or(rest.len(), |(index, _)| index);
            end += encode(&rest[..stop], &mut units[end..]);
            rest = &rest[stop..];
        }
    }
    end + encode(rest, &mut units[end..])
}

fn encode(text: &str, units: &mut [u16]) -> usize {
    let mut end = 0;
    for (to, from) in units.iter_mut().zip(text.encode_utf16()) {
        *to = from;
        end += 1;
    }
    end
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
