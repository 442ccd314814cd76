//! The native half of the Python package `hookseal`: it hands Python's objects to the core and
//! the core's answers back, and knows no rule of its own.

#![deny(unsafe_code)]

mod body;
mod definition;
mod error;
mod event;
mod explain;
mod forms;
mod habit;
mod headers;
mod interpreter;
mod json;
mod keys;
mod moment;
mod scheme;
mod secrets;
mod snapshot;
mod string;
mod text;
mod verified;
mod webhook;

/// What the package's Python half exports.
// No state is shared but the key cache and caches of types, which are synchronised.
#[pyo3::pymodule(gil_used = false)]
mod _hookseal {
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::event::{Event, restore};
    #[pymodule_export]
    use crate::explain::{Finding, Report};
    #[pymodule_export]
    use crate::scheme::Scheme;
    #[pymodule_export]
    use crate::webhook::Webhook;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        crate::interpreter::admit(module.py())?;
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        crate::error::load(module.py())
    }
}
