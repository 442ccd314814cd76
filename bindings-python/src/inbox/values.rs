//! The values that pass between the inbox and Python's drivers.

use hookseal::inbox::{Value, ValueType};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

use crate::text::Text;

/// Returns a parameter as drivers take it.
pub(super) fn write_value<'py>(py: Python<'py>, value: &Value) -> PyResult<Bound<'py, PyAny>> {
    Ok(match value {
        Value::Integer(number) => number.into_pyobject(py)?.into_any(),
        Value::Text(text) => PyString::new(py, text).into_any(),
        Value::Bytes(bytes) => PyBytes::new(py, bytes).into_any(),
        _ => py.None().into_bound(py),
    })
}

/// Reads the rows of a query: sequences, or what iterates over its values.
pub(super) fn read_rows(rows: &Bound<'_, PyAny>) -> PyResult<Vec<Vec<Value>>> {
    let row = |row: PyResult<Bound<'_, PyAny>>| -> PyResult<Vec<Value>> {
        row?.try_iter()?.map(|value| read_value(&value?)).collect()
    };
    rows.try_iter()?.map(row).collect()
}

fn read_value(value: &Bound<'_, PyAny>) -> PyResult<Value> {
    if value.is_none() {
        return Ok(Value::Null(ValueType::Text));
    }
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(Value::Text(text.to_string_lossy().into_owned()));
    }
    if let Some(bytes) = Text::read(value)? {
        return Ok(Value::Bytes(bytes.as_ref().to_vec()));
    }
    match value.extract::<i64>() {
        Ok(number) => Ok(Value::Integer(number)),
        // Such as a Decimal.
        Err(_) => Ok(Value::Text(value.str()?.to_string_lossy().into_owned())),
    }
}
