use core::ffi::c_char;
use core::marker::PhantomData;
use core::ptr;

use crate::failure::hookseal_error;

/// An item of the arrays that C passes.
pub(crate) trait Item {
    /// Returns `true` if the item is valid.
    fn is_valid(&self) -> bool;

    /// Returns the error of an invalid item; `name` is what messages call it.
    fn refusal(&self, name: &str) -> hookseal_error;
}

/// A text: a pointer and a length. It is not terminated by NUL, and may contain NUL.
///
/// NULL with the length 0 is no text; any other pointer with the length 0 is the empty text. The
/// texts that hookseal returns are UTF-8.
#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) struct hookseal_str<'a> {
    data: *const c_char,
    len: usize,
    life: PhantomData<&'a [u8]>,
}

/// Bytes: a pointer and a length. NULL with the length 0 is none.
#[repr(C)]
pub(crate) struct hookseal_bytes<'a> {
    data: *const u8,
    len: usize,
    life: PhantomData<&'a [u8]>,
}

/// A header of an HTTP request: its name, in any case, and its value.
#[repr(C)]
#[derive(Default)]
pub(crate) struct hookseal_header<'a> {
    /// The name, such as `X-KASKO-Signature`, or `HTTP_X_KASKO_SIGNATURE` as CGI spells it.
    pub(crate) name: hookseal_str<'a>,
    /// The value, without the white space that HTTP allows around it.
    pub(crate) value: hookseal_str<'a>,
}

/// A list of pairs, as in a struct of options: a pointer and how many there are. NULL with the
/// count 0 is none.
#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) struct hookseal_pairs<'a> {
    /// The first pair.
    items: *const hookseal_header<'a>,
    /// How many pairs there are.
    count: usize,
    life: PhantomData<&'a [u8]>,
}

impl<'a> hookseal_pairs<'a> {
    /// The names and values, which must be UTF-8; `name` is what messages call the list.
    pub(crate) fn utf8(&self, name: &str) -> Result<Vec<(&'a str, &'a str)>, hookseal_error> {
        if self.items.is_null() {
            return if self.count == 0 { Ok(Vec::new()) } else { Err(hookseal_error::null(name)) };
        }
        check_len::<hookseal_header<'_>>(name, self.count)?;
        if !self.items.is_aligned() {
            return Err(hookseal_error::invalid(format!("`{name}` is not aligned")));
        }
        // SAFETY: the caller promises so many pairs; the length and the alignment were checked.
        let items = unsafe { core::slice::from_raw_parts(self.items, self.count) };
        items.iter().map(|pair| Ok((pair.name.utf8(name)?, pair.value.utf8(name)?))).collect()
    }
}

/// None.
impl Default for hookseal_pairs<'_> {
    fn default() -> Self {
        Self { items: ptr::null(), count: 0, life: PhantomData }
    }
}

impl<'a> hookseal_str<'a> {
    /// Returns the bytes; no text has none.
    pub(crate) fn bytes(&self) -> &'a [u8] {
        if self.data.is_null() {
            return &[];
        }
        // SAFETY: made from a `&'a str`, or given by the caller, who promises the same.
        unsafe { core::slice::from_raw_parts(self.data.cast(), self.len) }
    }

    /// Returns `true` if there is a text, be it the empty one.
    pub(crate) fn is_some(&self) -> bool {
        !self.data.is_null()
    }

    /// Refuses what no text can be; `name` is what to call it.
    pub(crate) fn check(&self, name: &str) -> Result<(), hookseal_error> {
        if self.is_valid() { Ok(()) } else { Err(self.refusal(name)) }
    }

    /// The text, which must be UTF-8.
    pub(crate) fn utf8(&self, name: &str) -> Result<&'a str, hookseal_error> {
        self.check(name)?;
        core::str::from_utf8(self.bytes())
            .map_err(|_| hookseal_error::invalid(format!("`{name}` is not UTF-8")))
    }

    /// Returns the text, which must be UTF-8, or `None` if there is none.
    pub(crate) fn optional_utf8(&self, name: &str) -> Result<Option<&'a str>, hookseal_error> {
        let text = self.utf8(name)?;
        Ok(self.is_some().then_some(text))
    }
}

impl<'a> From<&'a str> for hookseal_str<'a> {
    fn from(text: &'a str) -> Self {
        // An empty `str` may point to nothing that C could point to.
        let data = if text.is_empty() { c"".as_ptr() } else { text.as_ptr().cast() };
        Self { data, len: text.len(), life: PhantomData }
    }
}

/// Bytes in place of a text, where a type says what they are.
impl<'a> From<&'a [u8]> for hookseal_str<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        let data = if bytes.is_empty() { c"".as_ptr() } else { bytes.as_ptr().cast() };
        Self { data, len: bytes.len(), life: PhantomData }
    }
}

impl<'a> From<&'a [u8]> for hookseal_bytes<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        let data = if bytes.is_empty() { c"".as_ptr().cast() } else { bytes.as_ptr() };
        Self { data, len: bytes.len(), life: PhantomData }
    }
}

/// None.
impl Default for hookseal_str<'_> {
    fn default() -> Self {
        Self { data: ptr::null(), len: 0, life: PhantomData }
    }
}

/// None.
impl Default for hookseal_bytes<'_> {
    fn default() -> Self {
        Self { data: ptr::null(), len: 0, life: PhantomData }
    }
}

impl Item for hookseal_str<'_> {
    #[inline]
    fn is_valid(&self) -> bool {
        let longest = if self.data.is_null() { 0 } else { longest::<u8>() };
        self.len <= longest
    }

    #[cold]
    fn refusal(&self, name: &str) -> hookseal_error {
        if self.data.is_null() { hookseal_error::null(name) } else { refused_len(name, self.len) }
    }
}

impl Item for hookseal_header<'_> {
    #[inline]
    fn is_valid(&self) -> bool {
        self.name.is_valid() && self.value.is_valid()
    }

    #[cold]
    fn refusal(&self, name: &str) -> hookseal_error {
        if self.name.is_valid() {
            self.value.refusal(&format!("{name}.value"))
        } else {
            self.name.refusal(&format!("{name}.name"))
        }
    }
}

/// Refuses a length that no array can have.
#[inline]
pub(crate) fn check_len<T>(name: &str, len: usize) -> Result<(), hookseal_error> {
    if len <= longest::<T>() { Ok(()) } else { Err(refused_len(name, len)) }
}

/// No array can be longer than half of what can be addressed.
const fn longest<T>() -> usize {
    isize::MAX.unsigned_abs() / size_of::<T>()
}

#[cold]
fn refused_len(name: &str, len: usize) -> hookseal_error {
    hookseal_error::invalid(format!(
        "`{name}` cannot have the length {len}: is a negative number or an error given as one?"
    ))
}
