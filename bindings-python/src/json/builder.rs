//! Building Python's objects while JSON is read.

use core::convert::Infallible;

use hookseal::ErrorCode;
use hookseal_json::{DataVisitor, RawNumber, RawString, Visitor};
use pyo3::exceptions::PyValueError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList};
use smallvec::SmallVec;

use super::caches::Caches;
use super::key::Key;
use crate::error::raise_with;
use crate::string;

/// Builds the value that a visited text stands for. Values are collected until their container
/// ends, which is then made in its size.
pub(crate) struct Builder<'py, 'k> {
    py: Python<'py>,
    caches: Option<&'k Caches>,
    /// Where the values of each open container begin.
    open: SmallVec<[usize; 8]>,
    values: Vec<Bound<'py, PyAny>>,
    /// Of the open objects' values those keys that are read.
    names: Vec<Key<'k, 'py>>,
    /// What went wrong first; `None` stands where a value is missing.
    error: Option<PyErr>,
}

impl<'py, 'k> Builder<'py, 'k> {
    pub(crate) fn new(py: Python<'py>, caches: Option<&'k Caches>) -> Self {
        Self {
            py,
            caches,
            open: SmallVec::new(),
            values: Vec::with_capacity(64),
            names: Vec::with_capacity(32),
            error: None,
        }
    }

    /// The value, `None` if none was visited.
    pub(crate) fn finish(mut self) -> Option<PyResult<Bound<'py, PyAny>>> {
        let value = self.values.pop()?;
        Some(self.error.map_or(Ok(value), Err))
    }

    #[inline]
    fn put(&mut self, value: Bound<'py, PyAny>) {
        self.values.push(value);
    }

    #[inline]
    fn put_or_fail(&mut self, value: PyResult<Bound<'py, PyAny>>) {
        match value {
            Ok(value) => self.put(value),
            Err(error) => self.fail(error),
        }
    }

    #[cold]
    fn fail(&mut self, error: PyErr) {
        self.error.get_or_insert(error);
        self.put(self.py.None().into_bound(self.py));
    }

    /// A key that the cache does not have.
    #[cold]
    fn new_key(&mut self, key: RawString<'_>) {
        let text = if key.is_escaped() {
            string::new(self.py, &key.decode())
        } else {
            string::new(self.py, key.as_raw_str())
        };
        let text = match text {
            Ok(text) => text,
            Err(error) => {
                self.error.get_or_insert(error);
                intern!(self.py, "").clone()
            }
        };
        if let Some(caches) = self.caches {
            caches.keys.insert(key, &text);
        }
        self.names.push(Key::New(text));
    }

    /// An integer that no machine word holds.
    #[cold]
    fn long_integer(&self, digits: &str) -> PyResult<Bound<'py, PyAny>> {
        self.py.get_type::<PyInt>().call1((digits,)).map_err(|error| {
            if !error.is_instance_of::<PyValueError>(self.py) {
                return error;
            }
            let message = format!(
                "the delivery is authentic, but Python reads no integer as long as one in its data \
                 (see sys.set_int_max_str_digits): {} digits",
                digits.len()
            );
            let raised = raise_with(self.py, ErrorCode::InvalidPayload, &message);
            raised.set_cause(self.py, Some(error));
            raised
        })
    }

    fn object(&mut self) -> PyResult<Bound<'py, PyAny>> {
        let start = self.open.pop().unwrap_or_default();
        let values = self.values.drain(start..);
        let first = self.names.len() - values.len();
        let object = match self.caches {
            Some(caches) => caches.templates.begin(self.py, &self.names[first..])?,
            None => PyDict::new(self.py),
        };
        let names = self.names.drain(first..);
        for (name, value) in names.zip(values) {
            object.set_item(name.get(), value)?;
        }
        Ok(object.into_any())
    }
}

impl Visitor<'_> for Builder<'_, '_> {
    /// The exception stays in the builder.
    type Error = Infallible;

    fn null(&mut self) -> Result<(), Infallible> {
        self.put(self.py.None().into_bound(self.py));
        Ok(())
    }

    fn boolean(&mut self, value: bool) -> Result<(), Infallible> {
        self.put(PyBool::new(self.py, value).to_owned().into_any());
        Ok(())
    }

    fn number(&mut self, number: RawNumber<'_>) -> Result<(), Infallible> {
        if !number.is_integer() {
            self.put(PyFloat::new(self.py, number.to_f64()).into_any());
        } else if let Some(value) = number.to_i64() {
            let value = value.into_pyobject(self.py).unwrap_or_else(|never| match never {});
            self.put(value.into_any());
        } else {
            self.put_or_fail(self.long_integer(number.as_str()));
        }
        Ok(())
    }

    fn string(&mut self, string: RawString<'_>) -> Result<(), Infallible> {
        let value = match self.caches {
            _ if string.is_escaped() => string::new(self.py, &string.decode()),
            Some(caches) => caches.strings.string(self.py, string.as_raw_str()),
            None => string::new(self.py, string.as_raw_str()),
        };
        self.put_or_fail(value.map(Bound::into_any));
        Ok(())
    }

    fn begin_array(&mut self) -> Result<(), Infallible> {
        self.open.push(self.values.len());
        Ok(())
    }

    fn end_array(&mut self) -> Result<(), Infallible> {
        let start = self.open.pop().unwrap_or_default();
        let array = PyList::new(self.py, self.values.drain(start..));
        self.put_or_fail(array.map(Bound::into_any));
        Ok(())
    }

    fn begin_object(&mut self) -> Result<(), Infallible> {
        self.begin_array()
    }

    #[inline]
    fn key(&mut self, key: RawString<'_>) -> Result<(), Infallible> {
        if let Some(caches) = self.caches
            && let Some(cached) = caches.keys.get(self.py, key)
        {
            self.names.push(Key::Cached(cached));
        } else {
            self.new_key(key);
        }
        Ok(())
    }

    fn end_object(&mut self) -> Result<(), Infallible> {
        let object = self.object();
        self.put_or_fail(object);
        Ok(())
    }
}

impl DataVisitor for Builder<'_, '_> {
    fn begin(&mut self, _: &str) {}

    fn forget(&mut self) {
        self.open.clear();
        self.values.clear();
        self.names.clear();
        self.error = None;
    }
}
