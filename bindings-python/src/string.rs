//! New Python strings.
#![allow(unsafe_code, reason = "PyO3 makes strings through Python's decoder alone")]

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyString;
use smallvec::SmallVec;

/// As `PyString::new`, but fast for what is not ASCII: Python's decoder begins with the narrowest
/// string and copies it into wider ones as it meets wider characters.
#[inline]
pub(crate) fn new<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyString>> {
    if text.is_ascii() { Ok(PyString::new(py, text)) } else { wide(py, text) }
}

/// Python reads wide characters twice: for the widest, then to copy.
#[cfg(not(windows))]
fn wide<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyString>> {
    let wide: SmallVec<[char; 64]> = text.chars().collect();
    let length = wide.len().cast_signed();
    // SAFETY: `wchar_t` holds a whole code point on these systems, as `char` does.
    let string = unsafe { ffi::PyUnicode_FromWideChar(wide.as_ptr().cast(), length) };
    // SAFETY: it is a new reference, or null with an exception set.
    let string = unsafe { Bound::from_owned_ptr_or_err(py, string) };
    Ok(string?.cast_into()?)
}

#[cfg(windows)]
fn wide<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyString>> {
    Ok(PyString::new(py, text))
}
