//! The check that only one of a process's interpreters uses the package.
#![allow(unsafe_code, reason = "PyO3 has no function for it")]

use std::sync::OnceLock;

use pyo3::exceptions::PyImportError;
use pyo3::ffi;
use pyo3::prelude::*;

/// Lets the first interpreter in and refuses any other, whose objects must not meet its own:
/// from 3.12 on Python does so itself.
pub(crate) fn admit(_: Python<'_>) -> PyResult<()> {
    static FIRST: OnceLock<i64> = OnceLock::new();
    // SAFETY: this thread is attached to an interpreter, as the token shows.
    let state = unsafe { ffi::PyInterpreterState_Get() };
    // SAFETY: it is the state of a living interpreter.
    let current = unsafe { ffi::PyInterpreterState_GetID(state) };
    if *FIRST.get_or_init(|| current) == current {
        return Ok(());
    }
    Err(PyImportError::new_err(
        "hookseal is in use in another interpreter of this process, and works in one alone. Under \
         mod_wsgi, give each application a daemon process group of its own (WSGIDaemonProcess, \
         WSGIProcessGroup), and all of them `WSGIApplicationGroup %{GLOBAL}`",
    ))
}
