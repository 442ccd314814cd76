use core::ffi::c_char;
use core::marker::PhantomData;
use core::ptr;

use hookseal_json::{DataVisitor, RawNumber, RawString, Visitor, read};

/// The kind of a hookseal_token: one of the constants beside it.
pub(crate) type hookseal_token_kind = u32;

/// `null`.
pub(crate) const HOOKSEAL_TOKEN_NULL: hookseal_token_kind = 0;
/// `false`.
pub(crate) const HOOKSEAL_TOKEN_FALSE: hookseal_token_kind = 1;
/// `true`.
pub(crate) const HOOKSEAL_TOKEN_TRUE: hookseal_token_kind = 2;
/// A number without fraction or exponent that `value.integer` holds.
pub(crate) const HOOKSEAL_TOKEN_INTEGER: hookseal_token_kind = 3;
/// Any other number: `value.number` is the nearest, infinite beyond a double's range.
pub(crate) const HOOKSEAL_TOKEN_NUMBER: hookseal_token_kind = 4;
/// A string: `count` bytes of UTF-8 at `value.text`, its escapes decoded.
pub(crate) const HOOKSEAL_TOKEN_STRING: hookseal_token_kind = 5;
/// An array. The tokens of its `count` elements follow.
pub(crate) const HOOKSEAL_TOKEN_ARRAY: hookseal_token_kind = 6;
/// An object. Its `count` members follow: for each a HOOKSEAL_TOKEN_STRING, the key, and the
/// value's tokens. Equal keys are all here; the last counts.
pub(crate) const HOOKSEAL_TOKEN_OBJECT: hookseal_token_kind = 7;

/// The value of a token, of which the token's kind names the member.
#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) union hookseal_token_value {
    /// The integer of a HOOKSEAL_TOKEN_INTEGER.
    integer: i64,
    /// The number of a HOOKSEAL_TOKEN_NUMBER.
    number: f64,
    /// The characters of a HOOKSEAL_TOKEN_STRING: not terminated by NUL, and possibly with NUL
    /// among them.
    text: *const c_char,
}

/// A token of a JSON value. A scalar is one token; an array or an object is one token, followed by
/// those of its elements or members.
#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) struct hookseal_token {
    /// The kind of the token.
    kind: hookseal_token_kind,
    /// The number of bytes, elements or members.
    count: u32,
    /// The value of a number or a string.
    value: hookseal_token_value,
}

/// The tokens of a JSON value in the order of the text. NULL with the length 0 is no value.
#[repr(C)]
pub(crate) struct hookseal_tokens<'a> {
    data: *const hookseal_token,
    len: usize,
    life: PhantomData<&'a [hookseal_token]>,
}

/// None.
impl Default for hookseal_tokens<'_> {
    fn default() -> Self {
        Self { data: ptr::null(), len: 0, life: PhantomData }
    }
}

impl<'a> From<&'a Tokens> for hookseal_tokens<'a> {
    fn from(tokens: &'a Tokens) -> Self {
        if tokens.list.is_empty() {
            return Self::default();
        }
        Self { data: tokens.list.as_ptr(), len: tokens.list.len(), life: PhantomData }
    }
}

/// Tokens and the texts that they point to beside the JSON text.
#[derive(Default)]
pub(crate) struct Tokens {
    list: Vec<hookseal_token>,
    /// The strings that had escapes. Its memory never moves: it is as large as all of them can be.
    #[expect(dead_code, reason = "the tokens point into it")]
    decoded: String,
}

// SAFETY: what the tokens point to belongs to this and to the event, and never changes.
unsafe impl Send for Tokens {}
// SAFETY: as above.
unsafe impl Sync for Tokens {}

impl Tokens {
    /// The length in bytes of the longest text that can have tokens.
    pub(crate) const MAX_TEXT: usize = u32::MAX as usize;

    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The tokens of a JSON text, none if there is no text. They point into it.
    pub(crate) fn of(json: Option<&str>) -> Self {
        let mut recorder = Recorder::default();
        if let Some(json) = json.filter(|json| json.len() <= Self::MAX_TEXT) {
            recorder.begin(json);
            if read(json, &mut recorder).is_err() {
                recorder.list.clear();
            }
        }
        recorder.into_tokens()
    }
}

/// A visitor that records tokens. A text that is visited must be no longer than
/// [`Tokens::MAX_TEXT`], or contain no strings and lists that are.
#[derive(Default)]
pub(crate) struct Recorder {
    list: Vec<hookseal_token>,
    decoded: String,
    /// How long the JSON text is, which all strings in it together cannot be longer than.
    whole: usize,
    /// The open containers' tokens, innermost last.
    open: Vec<Open>,
    count: u32,
}

struct Open {
    token: usize,
    /// How many elements or members the container around it has so far.
    outer: u32,
}

impl Recorder {
    /// What was recorded; no tokens if nothing was.
    pub(crate) fn into_tokens(self) -> Tokens {
        Tokens { list: self.list, decoded: self.decoded }
    }

    #[inline]
    fn put(&mut self, kind: hookseal_token_kind, count: u32, value: hookseal_token_value) {
        self.list.push(hookseal_token { kind, count, value });
    }

    #[inline]
    fn value(&mut self, kind: hookseal_token_kind, value: hookseal_token_value) {
        self.count += 1;
        self.put(kind, 0, value);
    }

    #[expect(clippy::inline_always, reason = "measured: a sixth of the tokens")]
    #[inline(always)]
    fn text(&mut self, string: RawString<'_>) {
        let text =
            if string.is_escaped() { self.decode(string) } else { Text::of(string.as_raw_bytes()) };
        self.put(HOOKSEAL_TOKEN_STRING, text.len, hookseal_token_value { text: text.data });
    }

    #[cold]
    fn decode(&mut self, string: RawString<'_>) -> Text {
        // Nothing decodes to more bytes than it is written with.
        self.decoded.reserve(self.whole - self.decoded.capacity().min(self.whole));
        let start = self.decoded.len();
        string.decode_into(&mut self.decoded);
        Text::of(&self.decoded.as_bytes()[start..])
    }

    fn open(&mut self, kind: hookseal_token_kind) {
        self.count += 1;
        self.open.push(Open { token: self.list.len(), outer: self.count });
        self.put(kind, 0, hookseal_token_value { integer: 0 });
        self.count = 0;
    }

    fn close(&mut self) {
        if let Some(open) = self.open.pop() {
            self.list[open.token].count = self.count;
            self.count = open.outer;
        }
    }
}

impl DataVisitor for Recorder {
    fn begin(&mut self, text: &str) {
        self.whole = text.len();
        // Most texts have fewer; another one's list grows.
        self.list.reserve(text.len() / 10 + 4);
    }

    fn forget(&mut self) {
        self.list.clear();
        self.decoded.clear();
        self.open.clear();
        self.count = 0;
    }
}

/// A string shorter than 4 GiB.
struct Text {
    data: *const c_char,
    len: u32,
}

impl Text {
    #[expect(clippy::cast_possible_truncation, reason = "the whole text is shorter")]
    #[inline]
    fn of(text: &[u8]) -> Self {
        Self { data: text.as_ptr().cast(), len: text.len() as u32 }
    }
}

impl Visitor<'_> for Recorder {
    type Error = core::convert::Infallible;

    #[inline]
    fn null(&mut self) -> Result<(), Self::Error> {
        self.value(HOOKSEAL_TOKEN_NULL, hookseal_token_value { integer: 0 });
        Ok(())
    }

    #[inline]
    fn boolean(&mut self, value: bool) -> Result<(), Self::Error> {
        let kind = if value { HOOKSEAL_TOKEN_TRUE } else { HOOKSEAL_TOKEN_FALSE };
        self.value(kind, hookseal_token_value { integer: 0 });
        Ok(())
    }

    #[inline]
    fn number(&mut self, number: RawNumber<'_>) -> Result<(), Self::Error> {
        if let Some(integer) = number.to_i64() {
            self.value(HOOKSEAL_TOKEN_INTEGER, hookseal_token_value { integer });
        } else {
            let number = number.to_f64();
            self.value(HOOKSEAL_TOKEN_NUMBER, hookseal_token_value { number });
        }
        Ok(())
    }

    #[inline]
    fn string(&mut self, string: RawString<'_>) -> Result<(), Self::Error> {
        self.count += 1;
        self.text(string);
        Ok(())
    }

    #[inline]
    fn begin_array(&mut self) -> Result<(), Self::Error> {
        self.open(HOOKSEAL_TOKEN_ARRAY);
        Ok(())
    }

    #[inline]
    fn end_array(&mut self) -> Result<(), Self::Error> {
        self.close();
        Ok(())
    }

    #[inline]
    fn begin_object(&mut self) -> Result<(), Self::Error> {
        self.open(HOOKSEAL_TOKEN_OBJECT);
        Ok(())
    }

    #[inline]
    fn key(&mut self, key: RawString<'_>) -> Result<(), Self::Error> {
        self.text(key);
        Ok(())
    }

    #[inline]
    fn end_object(&mut self) -> Result<(), Self::Error> {
        self.close();
        Ok(())
    }
}

#[cfg(test)]
mod tests;
