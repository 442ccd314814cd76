//! Secrets, one or several.

use hookseal::ErrorCode;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyMapping, PyString};

use crate::error::raise_with;
use crate::text::Text;

/// The secrets' bytes.
pub(crate) fn read(secret: &Bound<'_, PyAny>) -> PyResult<Vec<Text>> {
    if let Some(one) = read_one(secret)? {
        return Ok(vec![one]);
    }
    // A mapping's keys are hardly what is meant.
    let several = if secret.is_instance_of::<PyMapping>() { None } else { secret.try_iter().ok() };
    let several = several.ok_or_else(|| wrong_type(secret))?;
    several
        .map(|one| {
            let one = one?;
            read_one(&one)?.ok_or_else(|| wrong_type(&one))
        })
        .collect()
}

fn read_one(secret: &Bound<'_, PyAny>) -> PyResult<Option<Text>> {
    if let Ok(text) = secret.cast::<PyString>()
        && text.to_str().is_err()
    {
        return Err(raise_with(
            secret.py(),
            ErrorCode::InvalidSecret,
            "the secret holds lone surrogates, which have no UTF-8: pass it as bytes",
        ));
    }
    Text::read(secret)
}

#[cold]
fn wrong_type(secret: &Bound<'_, PyAny>) -> PyErr {
    if secret.is_none() {
        return PyTypeError::new_err(
            "secret must be str, bytes or a sequence of them, not None: is the environment variable \
             that should hold it set?",
        );
    }
    match secret.get_type().fully_qualified_name() {
        Ok(given) => PyTypeError::new_err(format!(
            "secret must be str, bytes or a sequence of them, not {given}"
        )),
        Err(error) => error,
    }
}
