//! Moments and spans of time, between Python's and Rust's.

use std::time::{Duration, SystemTime};

use pyo3::exceptions::{PyOverflowError, PyTypeError, PyValueError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyFloat, PyInt, PyType};

/// A moment given as a `datetime` or as seconds since 1970.
pub(crate) fn read_moment(value: &Bound<'_, PyAny>, name: &str) -> PyResult<SystemTime> {
    let py = value.py();
    let seconds = if value.is_instance(datetime(py)?)? {
        // A year out of the clock's range is as wrong as a number out of it.
        let seconds = value.call_method0(intern!(py, "timestamp"));
        seconds.and_then(|seconds| seconds.extract()).map_err(|_| out_of_range(name))?
    } else {
        seconds(value)?.ok_or_else(|| wrong_type(value, name, "a datetime"))?
    };
    let distance = Duration::try_from_secs_f64(seconds.abs()).map_err(|_| out_of_range(name))?;
    let moment = if seconds < 0.0 {
        SystemTime::UNIX_EPOCH.checked_sub(distance)
    } else {
        SystemTime::UNIX_EPOCH.checked_add(distance)
    };
    moment.ok_or_else(|| out_of_range(name))
}

/// A span given as a `timedelta` or in seconds; infinite is the longest that there is.
pub(crate) fn read_span(value: &Bound<'_, PyAny>, name: &str) -> PyResult<Duration> {
    static TIMEDELTA: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let py = value.py();
    let seconds = if value.is_instance(TIMEDELTA.import(py, "datetime", "timedelta")?)? {
        value.call_method0(intern!(py, "total_seconds"))?.extract()?
    } else {
        seconds(value)?.ok_or_else(|| wrong_type(value, name, "a timedelta"))?
    };
    if seconds == f64::INFINITY {
        return Ok(Duration::MAX);
    }
    Duration::try_from_secs_f64(seconds)
        .map_err(|_| PyValueError::new_err(format!("{name} must be a positive number of seconds")))
}

/// A moment as an aware `datetime`, `None` if it lies outside what that can hold.
pub(crate) fn write_moment(py: Python<'_>, micros: i64) -> PyResult<Option<Bound<'_, PyAny>>> {
    static EPOCH: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    static TIMEDELTA: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let epoch = EPOCH.get_or_try_init(py, || {
        let utc = py.import("datetime")?.getattr("timezone")?.getattr("utc")?;
        datetime(py)?.call1((1970, 1, 1, 0, 0, 0, 0, utc)).map(Bound::unbind)
    })?;
    let since = PyDict::new(py);
    since.set_item(intern!(py, "microseconds"), micros)?;
    let since = TIMEDELTA.import(py, "datetime", "timedelta")?.call((), Some(&since))?;
    match epoch.bind(py).add(since) {
        Ok(moment) => Ok(Some(moment)),
        Err(error) if error.is_instance_of::<PyOverflowError>(py) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Microseconds since 1970; what is finer is cut off, as in the text that the moment came from.
pub(crate) fn micros(moment: SystemTime) -> Option<i64> {
    match moment.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_micros()).ok(),
        Err(before) => {
            let micros = before.duration().as_nanos().div_ceil(1000);
            i64::try_from(micros).ok().map(|micros| -micros)
        }
    }
}

fn datetime(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    static DATETIME: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    DATETIME.import(py, "datetime", "datetime")
}

/// The seconds, `None` if it is no number; one too large for a float is infinite.
fn seconds(value: &Bound<'_, PyAny>) -> PyResult<Option<f64>> {
    if value.is_instance_of::<PyFloat>() {
        return value.extract().map(Some);
    }
    if !value.is_instance_of::<PyInt>() {
        return Ok(None);
    }
    match value.extract::<f64>() {
        Err(error) if error.is_instance_of::<PyOverflowError>(value.py()) => Ok(Some(f64::NAN)),
        other => other.map(Some),
    }
}

fn wrong_type(value: &Bound<'_, PyAny>, name: &str, class: &str) -> PyErr {
    match value.get_type().name() {
        Ok(given) => {
            PyTypeError::new_err(format!("{name} must be {class} or seconds, not {given}"))
        }
        Err(error) => error,
    }
}

fn out_of_range(name: &str) -> PyErr {
    PyValueError::new_err(format!("{name} lies outside what this system's clock can show"))
}
