//! Secrets, one or several.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyMapping;

use crate::text::Text;

/// The secrets' bytes.
pub(crate) fn read(secret: &Bound<'_, PyAny>) -> PyResult<Vec<Text>> {
    if let Some(one) = Text::read(secret)? {
        return Ok(vec![one]);
    }
    // A mapping's keys are hardly what is meant.
    let several = if secret.is_instance_of::<PyMapping>() { None } else { secret.try_iter().ok() };
    let several = several.ok_or_else(|| wrong_type(secret))?;
    several
        .map(|one| {
            let one = one?;
            Text::read(&one)?.ok_or_else(|| wrong_type(&one))
        })
        .collect()
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
