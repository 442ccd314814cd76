//! The native half of the Python package `hookseal`: it converts between Python's objects and the
//! core's, and has no rule of its own.

#![deny(unsafe_code)]

mod argument;
mod body;
mod constants;
mod decode;
mod definition;
mod eager;
mod error;
mod event;
mod explain;
mod handshake;
mod headers;
mod hint;
mod inbox;
mod interpreter;
mod json;
mod moment;
mod request_line;
mod scheme;
mod secrets;
mod snapshot;
mod string;
mod text;
mod verified;
mod webhook;

/// The names that the package's Python half exports.
// No state is shared but the key cache and caches of types, which are synchronised.
#[pyo3::pymodule(gil_used = false)]
mod _hookseal {
    use pyo3::prelude::*;
    use pyo3::types::PyTuple;

    #[pymodule_export]
    use crate::decode::decode_body;
    #[pymodule_export]
    use crate::event::{Event, restore};
    #[pymodule_export]
    use crate::explain::{Finding, Report};
    #[pymodule_export]
    use crate::handshake::Handshake;
    #[pymodule_export]
    use crate::inbox::{Claimed, Inbox, Operation, Verified};
    #[pymodule_export]
    use crate::scheme::Scheme;
    #[pymodule_export]
    use crate::webhook::Webhook;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        crate::interpreter::admit(module.py())?;
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        let providers = hookseal::providers().map(hookseal::Provider::name);
        module.add("providers", PyTuple::new(module.py(), providers)?)?;
        crate::error::load(module.py())
    }
}
