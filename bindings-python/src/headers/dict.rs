//! The headers of a plain dict.
#![allow(unsafe_code, reason = "PyO3's iteration over a dict takes references to all it meets")]

use core::ptr;

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::sync::critical_section::with_critical_section;
use pyo3::types::{PyDict, PyString};

use super::wanted::{Found, Wanted};

/// The values of the wanted headers. Looking at one may run Python code, so that is not done here.
pub(super) fn matching<'py>(
    dict: &Bound<'py, PyDict>,
    wanted: &Wanted,
) -> PyResult<Found<Bound<'py, PyAny>>> {
    let mut found = Found::new();
    with_critical_section(dict, || look_through(dict, wanted, &mut found))?;
    Ok(found)
}

/// Looks the headers up without counting references, which would be most of the cost.
fn look_through<'py>(
    dict: &Bound<'py, PyDict>,
    wanted: &Wanted,
    found: &mut Found<Bound<'py, PyAny>>,
) -> PyResult<()> {
    let (mut position, mut name, mut value) = (0, ptr::null_mut(), ptr::null_mut());
    // SAFETY: it is a dict. Should a name's type run code that changes it, then this skips some.
    while unsafe {
        ffi::PyDict_Next(dict.as_ptr(), &raw mut position, &raw mut name, &raw mut value)
    } != 0
    {
        // SAFETY: the dict holds both, as long as no Python code runs.
        let name = unsafe { Borrowed::from_ptr(dict.py(), name) };
        // SAFETY: as above.
        let value = unsafe { Borrowed::from_ptr(dict.py(), value) };
        if let Ok(name) = name.cast_exact::<PyString>() {
            // SAFETY: it is a string. A name that is wanted is ASCII, as long in any unit.
            let length = unsafe { ffi::PyUnicode_GetLength(name.as_ptr()) };
            if !wanted.has_length(length.cast_unsigned()) {
                continue;
            }
            let Ok(name) = name.to_str() else { continue };
            wanted.each_matching(name.as_bytes(), |header| found.push((header, value.to_owned())));
        } else {
            let (name, value) = (name.to_owned(), value.to_owned());
            wanted.each_matching_object(&name, |header| found.push((header, value.clone())))?;
        }
    }
    Ok(())
}
