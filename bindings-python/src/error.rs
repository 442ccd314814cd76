//! The core's errors as Python's exceptions.

use hookseal::inbox::InboxError;
use hookseal::{BodyError, ErrorCode};
use pyo3::intern;
use pyo3::prelude::*;

/// The Python module that defines the exceptions.
const MODULE: &str = "hookseal._exceptions";

/// Returns the name of a code's exception.
fn name(code: ErrorCode) -> String {
    format!("{}Error", code.class_name())
}

/// Sets the code of each exception class that has only one, so that an exception which a user's
/// test raises has it too.
pub(crate) fn load(py: Python<'_>) -> PyResult<()> {
    for code in ErrorCode::ALL {
        let class = class(py, &name(code))?;
        class.setattr(intern!(py, "http_status"), code.http_status())?;
        if ErrorCode::ALL.into_iter().filter(|other| name(*other) == name(code)).count() == 1 {
            class.setattr(intern!(py, "code"), code.as_str())?;
        }
    }
    Ok(())
}

/// Returns the exception for an error of the core.
#[cold]
pub(crate) fn raise(py: Python<'_>, error: &hookseal::Error) -> PyErr {
    raise_with(py, error.code(), error.message())
}

/// Returns the exception for what goes wrong before the core is called.
#[cold]
pub(crate) fn raise_with(py: Python<'_>, code: ErrorCode, message: &str) -> PyErr {
    raise_as(py, &name(code), code.as_str(), code.http_status(), message)
}

/// Returns the exception for a body that cannot be decoded.
#[cold]
pub(crate) fn raise_body(py: Python<'_>, error: BodyError) -> PyErr {
    raise_as(py, "HooksealError", error.as_str(), error.http_status(), &error.to_string())
}

/// Returns the exception for an error of an inbox.
#[cold]
pub(crate) fn raise_inbox(py: Python<'_>, error: &InboxError) -> PyErr {
    if let InboxError::Verification(error) = error {
        return raise(py, error);
    }
    let raised = raise_as(py, "InboxError", error.code(), error.http_status(), error.message());
    match raised.value(py).setattr(intern!(py, "retry_after"), error.retry_after()) {
        Ok(()) => raised,
        Err(failed) => failed,
    }
}

fn raise_as(py: Python<'_>, class: &str, code: &str, http_status: u16, message: &str) -> PyErr {
    let build = || {
        let exception = self::class(py, class)?.call1((message,))?;
        exception.setattr(intern!(py, "code"), code)?;
        exception.setattr(intern!(py, "http_status"), http_status)?;
        Ok(PyErr::from_value(exception))
    };
    build().unwrap_or_else(|failed| failed)
}

/// Looks an exception class up each time: the package may have been imported anew.
fn class<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import(MODULE)?.getattr(name)
}
