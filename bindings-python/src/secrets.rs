//! Secrets, one or several.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyMapping;

use crate::hint::{type_name, unfinished};
use crate::text::Text;

/// The secrets' bytes.
pub(crate) fn read(secret: &Bound<'_, PyAny>) -> PyResult<Vec<Text>> {
    if let Some(one) = Text::read(secret)? {
        return Ok(vec![one]);
    }
    // A mapping's keys are hardly what is meant, or a file's lines.
    if secret.is_instance_of::<PyMapping>() || unfinished(secret)?.is_some() {
        return Err(wrong_type(secret));
    }
    let several = secret.try_iter().map_err(|_| wrong_type(secret))?;
    several
        .map(|one| {
            let one = one?;
            Text::read(&one)?.ok_or_else(|| wrong_type(&one))
        })
        .collect()
}

#[cold]
fn wrong_type(secret: &Bound<'_, PyAny>) -> PyErr {
    describe(secret).map_or_else(|error| error, PyTypeError::new_err)
}

fn describe(secret: &Bound<'_, PyAny>) -> PyResult<String> {
    if secret.is_none() {
        return Ok(
            "secret must be str, bytes or a sequence of them, not None: is the environment \
                   variable that should hold it set?"
                .to_owned(),
        );
    }
    let given = type_name(secret)?;
    let advice = unfinished(secret)?.map_or_else(String::new, |advice| format!(": {advice}"));
    Ok(format!("secret must be str, bytes or a sequence of them, not {given}{advice}"))
}
