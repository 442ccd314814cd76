//! Undoing a request's Content-Encoding, for the adapters.

use std::borrow::Cow;

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

use crate::error::raise_body;

/// Decodes a body as its Content-Encoding says.
#[pyfunction(name = "_decode_body")]
#[pyo3(signature = (body, content_encoding, max_body, /))]
pub(crate) fn decode_body<'py>(
    body: &Bound<'py, PyBytes>,
    content_encoding: &Bound<'py, PyString>,
    max_body: usize,
) -> PyResult<Bound<'py, PyBytes>> {
    let py = body.py();
    let bytes = body.as_bytes();
    let encoding = content_encoding.to_string_lossy();
    match py.detach(|| hookseal::decode_body(bytes, &encoding, max_body)) {
        Ok(Cow::Borrowed(_)) => Ok(body.clone()),
        Ok(Cow::Owned(decoded)) => Ok(PyBytes::new(py, &decoded)),
        Err(error) => Err(raise_body(py, error)),
    }
}
