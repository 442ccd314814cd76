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

    /// JavaScript's string and how long it is, or `None` if memory or V8's limit of a string's length
    /// is exceeded.
    pub(crate) fn string(
        &mut self,
        call: &Call<'_>,
        text: &str,
    ) -> Option<(sys::napi_value, usize)> {
        if text.is_ascii() {
            return Some((latin1(call, text.as_bytes())?, text.len()));
        }
        if self.units.len() < text.len() + STEP {
            self.units.resize(text.len() + STEP, 0);
        }
        let length = widen(text, &mut self.units);
        // V8 makes a string of bytes of it if that is enough.
        Some((utf16(call, &self.units[..length])?, length))
    }
}

/// Where a part of a text stands in the string of that many units that was made of it.
pub(crate) fn place_in_string(text: &str, length: usize, place: Range<usize>) -> Range<usize> {
    let is_ascii = length == text.len();
    let index = |offset: usize| {
        if is_ascii {
            offset
        } else if offset <= text.len() / 2 {
            units(&text.as_bytes()[..offset])
        } else {
            length - units(&text.as_bytes()[offset..])
        }
    };
    index(place.start)..index(place.end)
}

/// How many units of UTF-16 whole characters of UTF-8 come to.
fn units(utf8: &[u8]) -> usize {
    let begins = |byte: u8| u8::from(byte & 0xc0 != 0x80);
    let takes_two = |byte: u8| u8::from(byte >= 0xf0);
    let few = |few: &[u8]| few.iter().map(|byte| begins(*byte) + takes_two(*byte)).sum::<u8>();
    // So few that the sum fits a byte, of which many are added at once.
    utf8.chunks(64).map(|chunk| usize::from(few(chunk))).sum()
}

/// How many bytes are widened at once.
const STEP: usize = 16;

/// Writes a text as UTF-16, and says how many units that are: at most as many as it has bytes, and
/// `units` has room for [`STEP`] more. Several times as fast as `str::encode_utf16` and V8's own
/// decoding, for text that is mostly ASCII.
fn widen(text: &str, units: &mut [u16]) -> usize {
    let bytes = text.as_bytes();
    let (mut read, mut written) = (0, 0);
    while let Some(step) = bytes[read..].first_chunk::<STEP>() {
        // All are written; those from the first that is not ASCII on are written over.
        for (unit, byte) in units[written..written + STEP].iter_mut().zip(step) {
            *unit = u16::from(*byte);
        }
        let high = u128::from_le_bytes(*step) & u128::from_le_bytes([0x80; STEP]);
        if high == 0 {
            read += STEP;
            written += STEP;
            continue;
        }
        let ascii = high.trailing_zeros() as usize / 8;
        read += ascii;
        written += ascii;
        for char in text[read..].chars().take_while(|char| !char.is_ascii()) {
            read += char.len_utf8();
            written += char.encode_utf16(&mut units[written..]).len();
        }
    }
    for (unit, given) in units[written..].iter_mut().zip(text[read..].encode_utf16()) {
        *unit = given;
        written += 1;
    }
    written
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
    // The usual header fits at once; else make room for what it comes to at the most.
    out.reserve(256);
    let Some(mut length) = write(call, value, out) else { return false };
    if length + MARGIN >= out.capacity() - out.len() {
        let Some(units) = length_of(call, value) else { return false };
        out.reserve(units * 3 + MARGIN);
        let Some(written) = write(call, value, out) else { return false };
        length = written;
    }
    // SAFETY: that many bytes were written, within the capacity.
    unsafe { out.set_len(out.len() + length) };
    true
}

/// A body that is a JavaScript string.
pub(crate) struct StringBody {
    pub(crate) utf8: Vec<u8>,
    /// The string itself, if it says the same as its UTF-8, and how long it is.
    pub(crate) string: Option<(sys::napi_value, usize)>,
}

impl Scratch {
    /// The body that a string stands for, `None` if it is no string. Through UTF-16, which is
    /// several times as fast as to have V8 make UTF-8 of it.
    pub(crate) fn read_body(
        &mut self,
        call: &Call<'_>,
        value: sys::napi_value,
    ) -> Option<StringBody> {
        let length = length_of(call, value)?;
        if self.units.len() < length + STEP {
            self.units.resize(length + STEP, 0);
        }
        let mut copied = 0;
        // SAFETY: there is room for that many units and a NUL.
        let status = unsafe {
            sys::napi_get_value_string_utf16(
                call.env,
                value,
                self.units.as_mut_ptr(),
                length + 1,
                &raw mut copied,
            )
        };
        if status != sys::Status::napi_ok {
            return None;
        }
        let (utf8, is_whole) = narrow(&self.units[..copied]);
        Some(StringBody { utf8, string: is_whole.then_some((value, copied)) })
    }
}

/// UTF-8, with U+FFFD for each half of a surrogate pair; and whether there is none.
fn narrow(units: &[u16]) -> (Vec<u8>, bool) {
    let mut utf8 = Vec::with_capacity(units.len() + units.len() / 8 + STEP);
    let mut is_whole = true;
    let mut rest = units;
    while let Some((step, after)) = rest.split_first_chunk::<STEP>() {
        if step.iter().fold(0, |all, unit| all | unit) < 0x80 {
            // Cut to their low bytes, which is all that ASCII has.
            utf8.extend_from_slice(&step.map(|unit| unit.to_le_bytes()[0]));
            rest = after;
            continue;
        }
        // A pair is not torn apart.
        let end = STEP - usize::from((0xd800..0xdc00).contains(&step[STEP - 1]));
        let (some, after) = rest.split_at(end);
        is_whole &= encode(some, &mut utf8);
        rest = after;
    }
    is_whole &= encode(rest, &mut utf8);
    (utf8, is_whole)
}

fn encode(units: &[u16], utf8: &mut Vec<u8>) -> bool {
    let mut is_whole = true;
    for decoded in char::decode_utf16(units.iter().copied()) {
        let char = decoded.unwrap_or_else(|_| {
            is_whole = false;
            char::REPLACEMENT_CHARACTER
        });
        utf8.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
    }
    is_whole
}

/// UTF-8, but that half a surrogate pair is written as a character would be: such text says what
/// JavaScript's does, and is told from what is UTF-8.
pub(crate) fn generalised_utf8(units: &[u16]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(units.len());
    for decoded in char::decode_utf16(units.iter().copied()) {
        match decoded {
            Ok(char) => bytes.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes()),
            Err(half) => {
                let [high, low] = half.unpaired_surrogate().to_be_bytes();
                let middle = (high & 0x0f) << 2 | low >> 6;
                bytes.extend_from_slice(&[0xe0 | high >> 4, 0x80 | middle, 0x80 | low & 0x3f]);
            }
        }
    }
    bytes
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

/// How many units of UTF-16 a string has.
fn length_of(call: &Call<'_>, value: sys::napi_value) -> Option<usize> {
    let mut length = 0;
    // SAFETY: without memory to write to, only the length is told.
    let status = unsafe {
        sys::napi_get_value_string_utf16(call.env, value, ptr::null_mut(), 0, &raw mut length)
    };
    (status == sys::Status::napi_ok).then_some(length)
}
