//! JSON as Python's own objects, as `json.loads` makes them.

use hookseal::ErrorCode;
use hookseal::json::{RawNumber, RawString, Stop, Visitor, read};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList};
use smallvec::SmallVec;

use crate::error::raise_with;
use crate::keys::{Key, Keys};
use crate::string;

/// The value that a JSON text stands for.
pub(crate) fn loads<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    Keys::with(|keys| {
        let mut builder = Builder {
            py,
            keys,
            open: SmallVec::new(),
            values: Vec::with_capacity(64),
            names: Vec::with_capacity(32),
            error: None,
        };
        match read(text, &mut builder) {
            Ok(()) => builder.values.pop().ok_or_else(|| invalid(py, &"?")),
            Err(Stop::Visitor(Failed)) => Err(builder.error.unwrap_or_else(|| invalid(py, &"?"))),
            Err(Stop::Syntax(problem)) => Err(invalid(py, &problem)),
        }
    })
}

/// The core reads no event with such a text; a forged pickle may have one.
#[cold]
fn invalid(py: Python<'_>, problem: &dyn core::fmt::Display) -> PyErr {
    raise_with(py, ErrorCode::InvalidPayload, &format!("the event's data is not JSON: {problem}"))
}

/// Values are collected until their container ends, which is then made in its size.
struct Builder<'py, 'k> {
    py: Python<'py>,
    keys: Option<&'k Keys>,
    /// Where the values of each open container begin.
    open: SmallVec<[usize; 8]>,
    values: Vec<Bound<'py, PyAny>>,
    /// Of the open objects' values those keys that are read.
    names: Vec<Key<'k, 'py>>,
    error: Option<PyErr>,
}

/// The exception stays in the builder: a small result keeps the reader's steps in registers.
struct Failed;

impl<'py> Builder<'py, '_> {
    #[expect(clippy::unnecessary_wraps, reason = "as the visitor has it")]
    #[inline]
    fn put(&mut self, value: Bound<'py, PyAny>) -> Result<(), Failed> {
        self.values.push(value);
        Ok(())
    }

    #[cold]
    fn fail(&mut self, error: PyErr) -> Failed {
        self.error = Some(error);
        Failed
    }

    /// A key that the cache does not have.
    #[cold]
    fn new_key(&mut self, key: RawString<'_>) -> Result<(), Failed> {
        let text = if key.is_escaped() {
            string::new(self.py, &key.decode())
        } else {
            string::new(self.py, key.as_raw_str())
        };
        let text = text.map_err(|error| self.fail(error))?;
        if let Some(keys) = self.keys {
            keys.learn(key, &text);
        }
        self.names.push(Key::New(text));
        Ok(())
    }

    /// An integer that no machine word holds.
    #[cold]
    fn long_integer(&mut self, digits: &str) -> Result<(), Failed> {
        match self.py.get_type::<PyInt>().call1((digits,)) {
            Ok(value) => self.put(value),
            Err(error) if error.is_instance_of::<PyValueError>(self.py) => {
                let message = format!(
                    "the delivery is authentic, but Python reads no integer as long as one in its \
                     data (see sys.set_int_max_str_digits): {} digits",
                    digits.len()
                );
                let raised = raise_with(self.py, ErrorCode::InvalidPayload, &message);
                raised.set_cause(self.py, Some(error));
                Err(self.fail(raised))
            }
            Err(error) => Err(self.fail(error)),
        }
    }
}

impl Visitor<'_> for Builder<'_, '_> {
    type Error = Failed;

    fn null(&mut self) -> Result<(), Failed> {
        self.put(self.py.None().into_bound(self.py))
    }

    fn boolean(&mut self, value: bool) -> Result<(), Failed> {
        self.put(PyBool::new(self.py, value).to_owned().into_any())
    }

    fn number(&mut self, number: RawNumber<'_>) -> Result<(), Failed> {
        if !number.is_integer() {
            return self.put(PyFloat::new(self.py, number.to_f64()).into_any());
        }
        match number.to_i64() {
            Some(value) => self.put(
                value.into_pyobject(self.py).unwrap_or_else(|never| match never {}).into_any(),
            ),
            None => self.long_integer(number.as_str()),
        }
    }

    fn string(&mut self, string: RawString<'_>) -> Result<(), Failed> {
        let value = if string.is_escaped() {
            string::new(self.py, &string.decode())
        } else {
            string::new(self.py, string.as_raw_str())
        };
        match value {
            Ok(value) => self.put(value.into_any()),
            Err(error) => Err(self.fail(error)),
        }
    }

    fn begin_array(&mut self) -> Result<(), Failed> {
        self.open.push(self.values.len());
        Ok(())
    }

    fn end_array(&mut self) -> Result<(), Failed> {
        let start = self.open.pop().unwrap_or_default();
        match PyList::new(self.py, self.values.drain(start..)) {
            Ok(list) => self.put(list.into_any()),
            Err(error) => Err(self.fail(error)),
        }
    }

    fn begin_object(&mut self) -> Result<(), Failed> {
        self.begin_array()
    }

    #[inline]
    fn key(&mut self, key: RawString<'_>) -> Result<(), Failed> {
        if let Some(keys) = self.keys
            && let Some(known) = keys.known(self.py, key)
        {
            self.names.push(Key::Known(known));
            return Ok(());
        }
        self.new_key(key)
    }

    fn end_object(&mut self) -> Result<(), Failed> {
        let start = self.open.pop().unwrap_or_default();
        let values = self.values.drain(start..);
        let names = self.names.drain(self.names.len() - values.len()..);
        let object = PyDict::new(self.py);
        let filled =
            names.zip(values).try_for_each(|(name, value)| object.set_item(name.get(), value));
        if let Err(error) = filled {
            return Err(self.fail(error));
        }
        self.put(object.into_any())
    }
}
