//! Hints for values that are not there yet: an awaitable, or something that is still to be read.

use pyo3::intern;
use pyo3::prelude::*;

/// Returns what to do to get the value, as the end of a sentence, if it is not there yet.
pub(crate) fn unfinished(value: &Bound<'_, PyAny>) -> PyResult<Option<&'static str>> {
    let py = value.py();
    if value.getattr_opt(intern!(py, "__await__"))?.is_some() {
        return Ok(Some("await it"));
    }
    let is_stream = value.getattr_opt(intern!(py, "__aiter__"))?.is_some()
        || value.getattr_opt(intern!(py, "read"))?.is_some_and(|read| read.is_callable());
    Ok(is_stream.then_some("read it to its end and pass the bytes"))
}

/// Returns a type's name for a message.
pub(crate) fn type_name(value: &Bound<'_, PyAny>) -> PyResult<String> {
    Ok(value.get_type().fully_qualified_name()?.to_string_lossy().into_owned())
}
