//! Text between JavaScript, which has UTF-16, and the core, which has UTF-8.

use std::ptr;

use napi::sys;
use zeroize::Zeroizing;

use crate::call::Call;

/// What one UTF-16 code unit comes to at the most, and a NUL.
const MARGIN: usize = 4;

/// Memory for a call's texts, kept for the next one.
#[derive(Default)]
pub(crate) struct Scratch {
    pub(crate) units: Vec<u16>,
    bytes: Vec<u8>,
    latin1: Vec<u8>,
    pub(crate) headers: Vec<u8>,
    pub(crate) ends: Vec<(usize, usize)>,
}

/// More is not kept: one large delivery does not cost memory for ever.
const KEPT: usize = 1 << 16;

impl Scratch {
    /// Gives back what was only needed for a large delivery.
    pub(crate) fn trim(&mut self) {
        for bytes in [&mut self.headers, &mut self.bytes, &mut self.latin1] {
            if bytes.capacity() > KEPT {
                *bytes = Vec::new();
            }
        }
        if self.units.capacity() > KEPT {
            self.units = Vec::new();
        }
    }

    /// JSON as JavaScript's `JSON.parse` reads it quickest, of a [`byte_string`] of JSON: a string of
    /// one byte for each character, in which what has no place is escaped. `None` if it is no such
    /// string, or memory or V8's limit of a string's length is exceeded.
    pub(crate) fn json(
        &mut self,
        call: &Call<'_>,
        byte_string: sys::napi_value,
    ) -> Option<sys::napi_value> {
        self.bytes.clear();
        self.latin1.clear();
        read_bytes(call, byte_string, &mut self.bytes)?;
        escape(&self.bytes, &mut self.latin1)?;
        latin1(call, &self.latin1)
    }
}

/// A JavaScript string with a character for each byte: the cheapest copy of a body that JavaScript
/// cannot change. `None` if V8's limit of a string's length is exceeded.
pub(crate) fn byte_string(call: &Call<'_>, bytes: &[u8]) -> Option<sys::napi_value> {
    latin1(call, bytes)
}

/// How many bytes are looked at together.
const STEP: usize = 16;

/// Appends JSON, given as UTF-8, with a byte for each of its characters; those beyond U+00FF, which
/// can only stand within its strings, are escaped. `None` if it is not UTF-8.
fn escape(json: &[u8], latin1: &mut Vec<u8>) -> Option<()> {
    let mut rest = json;
    loop {
        let (ascii, after) = rest.split_at(ascii_prefix(rest));
        latin1.extend_from_slice(ascii);
        rest = after;
        while let [lead @ 0x80..=0xff, ..] = *rest {
            rest = match (lead, rest) {
                (0xc2, [_, last, after @ ..]) => {
                    latin1.push(*last);
                    after
                }
                (0xc3, [_, last, after @ ..]) => {
                    latin1.push(last | 0x40);
                    after
                }
                (0xc4..=0xdf, [_, last, after @ ..]) => {
                    push_escape(u16::from(lead & 0x1f) << 6 | low(*last), latin1);
                    after
                }
                (0xe0..=0xef, [_, middle, last, after @ ..]) => {
                    let unit = u16::from(lead & 0x0f) << 12 | low(*middle) << 6 | low(*last);
                    push_escape(unit, latin1);
                    after
                }
                (0xf0..=0xf4, [_, second, third, last, after @ ..]) => {
                    // A pair of surrogates has ten bits in each, and leaves out the first 0x1_0000.
                    let high = u16::from(lead & 0x07) << 8 | low(*second) << 2 | low(*third) >> 4;
                    push_escape((0xd800 - 0x40) + high, latin1);
                    push_escape(0xdc00 | (low(*third) & 0x0f) << 6 | low(*last), latin1);
                    after
                }
                _ => return None,
            };
        }
        if rest.is_empty() {
            return Some(());
        }
    }
}

/// The bits of a character that a byte after its first has.
fn low(byte: u8) -> u16 {
    u16::from(byte & 0x3f)
}

fn push_escape(unit: u16, latin1: &mut Vec<u8>) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |shift: u16| DIGITS[usize::from(unit >> shift & 0xf)];
    latin1.extend_from_slice(&[b'\\', b'u', digit(12), digit(8), digit(4), digit(0)]);
}

/// Returns the number of bytes before the first that is not ASCII.
fn ascii_prefix(bytes: &[u8]) -> usize {
    const HIGH_BITS: u128 = u128::from_le_bytes([0x80; STEP]);
    let mut prefix = 0;
    while let Some(step) = bytes[prefix..].first_chunk::<STEP>() {
        let high = u128::from_le_bytes(*step) & HIGH_BITS;
        if high != 0 {
            return prefix + high.trailing_zeros() as usize / 8;
        }
        prefix += STEP;
    }
    prefix + bytes[prefix..].iter().take_while(|byte| byte.is_ascii()).count()
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

/// JavaScript's string of a text.
pub(crate) fn string(call: &Call<'_>, text: &str) -> Option<sys::napi_value> {
    let mut value = ptr::null_mut();
    let length = isize::try_from(text.len()).ok()?;
    // SAFETY: there are `length` bytes.
    let status = unsafe {
        sys::napi_create_string_utf8(call.env, text.as_ptr().cast(), length, &raw mut value)
    };
    (status == sys::Status::napi_ok).then_some(value)
}

/// Appends the bytes of a [`byte_string`].
fn read_bytes(call: &Call<'_>, value: sys::napi_value, out: &mut Vec<u8>) -> Option<()> {
    let length = length_of(call, value)?;
    out.reserve(length + 1);
    let spare = out.spare_capacity_mut();
    let mut written = 0;
    // SAFETY: there are that many bytes to write to.
    let status = unsafe {
        sys::napi_get_value_string_latin1(
            call.env,
            value,
            spare.as_mut_ptr().cast(),
            spare.len(),
            &raw mut written,
        )
    };
    if status != sys::Status::napi_ok {
        return None;
    }
    // SAFETY: that many bytes were written, within the capacity.
    unsafe { out.set_len(out.len() + written) };
    Some(())
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
    /// The string itself, if it has a character for each byte.
    pub(crate) string: Option<sys::napi_value>,
}

/// The body that a string stands for, `None` if it is no string. Through UTF-16, which is several
/// times as fast as to have V8 make UTF-8 of it.
pub(crate) fn read_body(
    call: &Call<'_>,
    value: sys::napi_value,
    units: &mut Vec<u16>,
) -> Option<StringBody> {
    let length = length_of(call, value)?;
    if units.len() < length + STEP {
        units.resize(length + STEP, 0);
    }
    let mut copied = 0;
    // SAFETY: there is room for that many units and a NUL.
    let status = unsafe {
        sys::napi_get_value_string_utf16(
            call.env,
            value,
            units.as_mut_ptr(),
            length + 1,
            &raw mut copied,
        )
    };
    if status != sys::Status::napi_ok {
        return None;
    }
    let utf8 = narrow(&units[..copied]);
    let is_byte_string = utf8.len() == copied;
    Some(StringBody { utf8, string: is_byte_string.then_some(value) })
}

/// UTF-8, with U+FFFD for each half of a surrogate pair.
fn narrow(units: &[u16]) -> Vec<u8> {
    let mut utf8 = Vec::with_capacity(units.len() + units.len() / 8 + STEP);
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
        encode(some, &mut utf8);
        rest = after;
    }
    encode(rest, &mut utf8);
    utf8
}

fn encode(units: &[u16], utf8: &mut Vec<u8>) {
    for decoded in char::decode_utf16(units.iter().copied()) {
        let char = decoded.unwrap_or(char::REPLACEMENT_CHARACTER);
        utf8.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
    }
}

/// UTF-8, but that half a surrogate pair is written as a character would be: such text says what
/// JavaScript's does, and is told from what is UTF-8. There is room for all of it from the start, as
/// memory that a growing vector leaves behind is not wiped.
pub(crate) fn generalised_utf8(units: &[u16]) -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(units.len() * 3));
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

/// Returns the length of a string in units of UTF-16.
fn length_of(call: &Call<'_>, value: sys::napi_value) -> Option<usize> {
    let mut length = 0;
    // SAFETY: without memory to write to, only the length is told.
    let status = unsafe {
        sys::napi_get_value_string_utf16(call.env, value, ptr::null_mut(), 0, &raw mut length)
    };
    (status == sys::Status::napi_ok).then_some(length)
}
