//! The core's errors as Python's exceptions.

use std::sync::OnceLock;

use hookseal::ErrorCode;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyType;

/// Where Python's half defines the exceptions.
const MODULE: &str = "hookseal._exceptions";

struct Classes(Vec<(ErrorCode, Py<PyType>)>);

static CLASSES: OnceLock<Classes> = OnceLock::new();

/// The exception of a code.
fn name(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::MissingHeader => "MissingHeaderError",
        ErrorCode::MalformedHeader => "MalformedHeaderError",
        ErrorCode::SignatureMismatch => "SignatureMismatchError",
        ErrorCode::TimestampOutOfTolerance => "TimestampError",
        ErrorCode::InvalidPayload => "PayloadError",
        ErrorCode::UnknownProvider | ErrorCode::InvalidSecret | ErrorCode::InvalidScheme => {
            "ConfigurationError"
        }
        _ => "HooksealError",
    }
}

/// Finds the exceptions, and gives each that has one code only that code, so that one which a
/// user's test raises has it too.
pub(crate) fn load(py: Python<'_>) -> PyResult<()> {
    let module = py.import(MODULE)?;
    let mut classes = Vec::new();
    for code in ErrorCode::ALL {
        let class = module.getattr(name(code))?.cast_into::<PyType>()?;
        class.setattr(intern!(py, "http_status"), code.http_status())?;
        if ErrorCode::ALL.into_iter().filter(|other| name(*other) == name(code)).count() == 1 {
            class.setattr(intern!(py, "code"), code.as_str())?;
        }
        classes.push((code, class.unbind()));
    }
    // A second import in the same process finds the same classes.
    let _ = CLASSES.set(Classes(classes));
    Ok(())
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
    let known = CLASSES.get().and_then(|all| all.0.iter().find(|(other, _)| *other == code));
    let class = match known {
        Some((_, class)) => class.bind(py).clone(),
        None => py.import(MODULE)?.getattr(name(code))?.cast_into()?,
    };
    let exception = class.call1((message,))?;
    exception.setattr(intern!(py, "code"), code.as_str())?;
    exception.setattr(intern!(py, "http_status"), code.http_status())?;
    Ok(PyErr::from_value(exception))
}
