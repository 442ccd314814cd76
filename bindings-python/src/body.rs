//! The body of a delivery, as frameworks hand it over.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use crate::text::Text;

/// The body's bytes, or a `TypeError` that says how to get them.
#[inline]
pub(crate) fn read(body: &Bound<'_, PyAny>) -> PyResult<Text> {
    match Text::read(body)? {
        Some(text) => Ok(text),
        None => Err(not_raw(body)),
    }
}

#[cold]
fn not_raw(body: &Bound<'_, PyAny>) -> PyErr {
    let given = match body.get_type().fully_qualified_name() {
        Ok(name) => name.to_string_lossy().into_owned(),
        Err(error) => return error,
    };
    PyTypeError::new_err(format!(
        "body must be the raw bytes of the request, not {given}: a signature covers the bytes as \
         they were sent, which a parsed body does not have any more. Pass request.get_data() in \
         Flask, request.body in Django, await request.body() in FastAPI and Starlette"
    ))
}
