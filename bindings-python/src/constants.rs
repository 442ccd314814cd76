//! The constants of a scheme, as a mapping.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyMapping, PyString};

use crate::hint::type_name;

/// The names and values of the constants.
pub(crate) fn read(constants: &Bound<'_, PyAny>) -> PyResult<Vec<(String, String)>> {
    let Ok(mapping) = constants.cast::<PyMapping>() else {
        return Err(wrong_type("constants must be a mapping of str to str", constants)?);
    };
    let mut read = Vec::new();
    for pair in mapping.items()? {
        let (name, value): (Bound<'_, PyAny>, Bound<'_, PyAny>) = pair.extract()?;
        read.push((text(&name)?, text(&value)?));
    }
    Ok(read)
}

fn text(value: &Bound<'_, PyAny>) -> PyResult<String> {
    match value.cast::<PyString>() {
        Ok(text) => Ok(text.to_string_lossy().into_owned()),
        Err(_) => Err(wrong_type("the names and values of constants must be str", value)?),
    }
}

#[cold]
fn wrong_type(expected: &str, value: &Bound<'_, PyAny>) -> PyResult<PyErr> {
    Ok(PyTypeError::new_err(format!("{expected}, not {}", type_name(value)?)))
}
