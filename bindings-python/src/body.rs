//! The body of a delivery, as frameworks hand it over.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use crate::hint::{type_name, unfinished};
use crate::text::Text;

/// Returns the body's bytes, or a `TypeError` that says how to get them.
#[inline]
pub(crate) fn read(body: &Bound<'_, PyAny>) -> PyResult<Text> {
    match Text::read(body)? {
        Some(text) => Ok(text),
        None => Err(not_raw(body)?),
    }
}

#[cold]
fn not_raw(body: &Bound<'_, PyAny>) -> PyResult<PyErr> {
    let given = type_name(body)?;
    let message = match unfinished(body)? {
        Some(advice) => format!("body must be the raw bytes of the request, not {given}: {advice}"),
        None => format!(
            "body must be the raw bytes of the request, not {given}: a signature covers the bytes \
             as they were sent, which a parsed body does not have any more. Pass \
             request.get_data() in Flask, request.body in Django, await request.body() in FastAPI \
             and Starlette"
        ),
    };
    Ok(PyTypeError::new_err(message))
}
