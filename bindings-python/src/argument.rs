//! Arguments that are a plain text or truth value.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyString};

use crate::hint::type_name;

/// Reads a text.
pub(crate) fn text(value: &Bound<'_, PyAny>, name: &str) -> PyResult<String> {
    match value.cast::<PyString>() {
        Ok(text) => Ok(text.to_string_lossy().into_owned()),
        Err(_) => Err(wrong_type(value, name, "str")?),
    }
}

/// Reads a text, if it is given.
#[inline]
pub(crate) fn optional_text(
    value: Option<&Bound<'_, PyAny>>,
    name: &str,
) -> PyResult<Option<String>> {
    value.map(|value| text(value, name)).transpose()
}

/// Reads the option `accept_unsigned`.
pub(crate) fn accept_unsigned(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    match value.cast::<PyBool>() {
        Ok(flag) => Ok(flag.is_true()),
        Err(_) => Err(wrong_type(value, "accept_unsigned", "bool")?),
    }
}

#[cold]
fn wrong_type(value: &Bound<'_, PyAny>, name: &str, expected: &str) -> PyResult<PyErr> {
    let given = type_name(value)?;
    Ok(PyTypeError::new_err(format!("{name} must be {expected}, not {given}")))
}
