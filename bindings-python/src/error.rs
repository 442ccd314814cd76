//! The core's errors as Python's exceptions.

use hookseal::ErrorCode;
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
        let class = class(py, code)?;
        class.setattr(intern!(py, "http_status"), code.http_status())?;
        if ErrorCode::ALL.into_iter().filter(|other| name(*other) == name(code)).count() == 1 {
            class.setattr(intern!(py, "code"), code.as_str())?;
        }
    }
    Ok(())
}

/// Looked up each time: the package may have been imported anew.
fn class(py: Python<'_>, code: ErrorCode) -> PyResult<Bound<'_, PyAny>> {
    py.import(MODULE)?.getattr(name(code))
}

/// The exception for an error of the core's.
#[cold]
pub(crate) fn raise(py: Python<'_>, error: &hookseal::Error) -> PyErr {
    raise_with(py, error.code(), error.message())
}

/// The same for what goes wrong before the core is asked.
#[cold]
pub(crate) fn raise_with(py: Python<'_>, code: ErrorCode, message: &str) -> PyErr {
    build(py, code, message).unwrap_or_else(|failed| failed)
}

fn build(py: Python<'_>, code: ErrorCode, message: &str) -> PyResult<PyErr> {
    let exception = class(py, code)?.call1((message,))?;
    exception.setattr(intern!(py, "code"), code.as_str())?;
    exception.setattr(intern!(py, "http_status"), code.http_status())?;
    Ok(PyErr::from_value(exception))
}
