//! Headers as pairs of a name and a value.

use pyo3::exceptions::PyTypeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyIterator, PyList, PyTuple};

use crate::hint::{type_name, unfinished};
use crate::text::Text;

/// Calls `found` with each text of a header's value: one, several, or none for `None`. Gives the
/// first thing that is not a text.
#[inline]
pub(super) fn texts<'py>(
    value: &Bound<'py, PyAny>,
    mut found: impl FnMut(Text),
) -> PyResult<Option<Bound<'py, PyAny>>> {
    if let Some(value) = Text::read(value)? {
        found(value);
        return Ok(None);
    }
    if value.is_none() {
        return Ok(None);
    }
    if !value.is_instance_of::<PyList>() && !value.is_instance_of::<PyTuple>() {
        return Ok(Some(value.clone()));
    }
    for value in value.try_iter()? {
        let value = value?;
        if value.is_none() {
            continue;
        }
        match Text::read(&value)? {
            Some(text) => found(text),
            None => return Ok(Some(value)),
        }
    }
    Ok(None)
}

/// The pairs of a mapping, or of something that gives pairs itself.
pub(super) fn pairs<'py>(headers: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyIterator>> {
    let py = headers.py();
    if let Some(items) = headers.getattr_opt(intern!(py, "items"))?
        && items.is_callable()
    {
        return items.call0()?.try_iter();
    }
    if let Some(advice) = unfinished(headers)? {
        return Err(no_headers(headers, advice)?);
    }
    match headers.try_iter() {
        Ok(pairs) => Ok(pairs),
        Err(_) => Err(no_headers(headers, "pass the request's headers, such as request.headers")?),
    }
}

#[cold]
fn no_headers(given: &Bound<'_, PyAny>, advice: &str) -> PyResult<PyErr> {
    Ok(PyTypeError::new_err(format!(
        "headers must be a mapping, pairs, or the signature header's value as str, not {}: {advice}",
        type_name(given)?
    )))
}

/// A pair's two halves.
#[inline]
pub(super) fn split<'py>(
    pair: &Bound<'py, PyAny>,
) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyAny>)> {
    if let Ok(pair) = pair.cast::<PyTuple>() {
        if pair.len() == 2 {
            return Ok((pair.get_item(0)?, pair.get_item(1)?));
        }
    } else if let Ok(pair) = pair.cast::<PyList>()
        && pair.len() == 2
    {
        return Ok((pair.get_item(0)?, pair.get_item(1)?));
    }
    Err(PyTypeError::new_err(
        "headers must be a mapping or pairs of a name and a value: pass all of the request's \
         headers, such as request.headers",
    ))
}
