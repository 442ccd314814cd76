//! The core's errors as Python's exceptions.

use hookseal::{BodyError, ErrorCode};
use pyo3::intern;
use pyo3::prelude::*;

/// Where Python's half defines the exceptions.
const MODULE: &str = "hookseal._exceptions";

/// The exception of a code.
fn name(code: ErrorCode) -> String {
    format!("{}Error", code.class_name())
}

/// Gives each exception that has one code only that code, so that one which a user's test raises
/// has it too.
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

/// The exception for an error of the core's.
#[cold]
pub(crate) fn raise(py: Python<'_>, error: &hookseal::Error) -> PyErr {
    raise_with(py, error.code(), error.message())
}

/// The exception for what goes wrong before the core is asked.
#[cold]
pub(crate) fn raise_with(py: Python<'_>, code: ErrorCode, message: &str) -> PyErr {
    raise_as(py, &name(code), code.as_str(), code.http_status(), message)
}

/// The exception for a body that cannot be decoded.
#[cold]
pub(crate) fn raise_body(py: Python<'_>, error: BodyError) -> PyErr {
    raise_as(py, "HooksealError", error.as_str(), error.http_status(), &error.to_string())
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

/// Looked up each time: the package may have been imported anew.
fn class<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import(MODULE)?.getattr(name)
}
