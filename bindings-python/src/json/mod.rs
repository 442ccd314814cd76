//! JSON as Python's own objects, as `json.loads` makes them.

mod builder;
mod caches;
mod dict_templates;
mod key;
mod key_cache;
mod short_text;
mod string_cache;

use hookseal_json::{Stop, read};
use pyo3::prelude::*;

pub(crate) use self::builder::Builder;
pub(crate) use self::caches::Caches;
use crate::error::raise;

/// The value that a JSON text stands for.
pub(crate) fn loads<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    Caches::with(|caches| {
        let mut builder = Builder::new(py, caches);
        match read(text, &mut builder) {
            Ok(()) => builder.finish().unwrap_or_else(|| Ok(py.None().into_bound(py))),
            // The core reads no event with such a text; a forged pickle may have one.
            Err(Stop::Syntax(problem)) => Err(raise(py, &problem.into())),
            Err(Stop::Visitor(never)) => match never {},
        }
    })
}
