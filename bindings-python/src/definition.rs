//! A scheme as it is written in Python.

use hookseal::{ErrorCode, Scheme};
use pyo3::exceptions::{PyRecursionError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyMapping, PyString};

use crate::error::{raise, raise_with};

/// Reads a scheme from TOML, JSON, or a mapping with the same content.
pub(crate) fn read(definition: &Bound<'_, PyAny>) -> PyResult<Scheme> {
    let py = definition.py();
    let parse = |text: &str| Scheme::parse(text).map_err(|error| raise(py, &error));
    if let Ok(text) = definition.cast::<PyString>() {
        return parse(&text.to_string_lossy());
    }
    if !definition.is_instance_of::<PyMapping>() {
        let given = definition.get_type().fully_qualified_name()?;
        return Err(PyTypeError::new_err(format!(
            "scheme must be a hookseal.Scheme, a mapping, or TOML or JSON as str, not {given}"
        )));
    }
    let json = to_json(definition).map_err(|error| unwritable(py, error))?;
    parse(&json.to_string_lossy())
}

fn to_json<'py>(definition: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyString>> {
    let py = definition.py();
    let options = PyDict::new(py);
    options.set_item("allow_nan", false)?;
    let dict = py.get_type::<PyDict>().call1((definition,))?;
    let json = py.import("json")?.getattr("dumps")?.call((dict,), Some(&options))?;
    Ok(json.cast_into()?)
}

/// Turns errors of writing JSON into an invalid scheme: what Python cannot write as JSON is none.
/// Other exceptions pass.
fn unwritable(py: Python<'_>, error: PyErr) -> PyErr {
    let about_it = error.is_instance_of::<PyTypeError>(py)
        || error.is_instance_of::<PyValueError>(py)
        || error.is_instance_of::<PyRecursionError>(py);
    if !about_it {
        return error;
    }
    let message = format!("the scheme cannot be written as JSON: {}", error.value(py));
    let raised = raise_with(py, ErrorCode::InvalidScheme, &message);
    raised.set_cause(py, Some(error));
    raised
}
