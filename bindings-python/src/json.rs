//! JSON as Python's own objects, as `json.loads` makes them.

use hookseal::ErrorCode;
use hookseal::json::{RawNumber, RawString, Stop, Visitor, read};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString};

use crate::error::{raise, raise_with};
use crate::keys::Keys;
use crate::string;

/// The value that a JSON text stands for.
pub(crate) fn loads<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    Keys::with(|keys| {
        let mut builder =
            Builder { py, keys, open: Vec::with_capacity(8), whole: None, error: None };
        match read(text, &mut builder) {
            Ok(()) => Ok(builder.whole.unwrap_or_else(|| py.None().into_bound(py))),
            Err(Stop::Visitor(Failed)) => Err(builder.error.unwrap_or_else(|| PyErr::fetch(py))),
            // The core reads no event with such a text; a forged pickle may have one.
            Err(Stop::Syntax(problem)) => Err(raise(py, &problem.into())),
        }
    })
}

/// A container that is not complete yet.
enum Open<'py> {
    Array(Bound<'py, PyList>),
    Object(Bound<'py, PyDict>, Option<Bound<'py, PyString>>),
}

struct Builder<'py, 'k> {
    py: Python<'py>,
    keys: Option<&'k mut Keys>,
    open: Vec<Open<'py>>,
    whole: Option<Bound<'py, PyAny>>,
    error: Option<PyErr>,
}

/// The exception stays in the builder: a small result keeps the reader's steps in registers.
struct Failed;

impl<'py> Builder<'py, '_> {
    #[inline]
    fn put(&mut self, value: Bound<'py, PyAny>) -> Result<(), Failed> {
        let put = match self.open.last_mut() {
            Some(Open::Object(object, key)) => match key.take() {
                Some(key) => object.set_item(key, value),
                None => Ok(()),
            },
            Some(Open::Array(array)) => array.append(value),
            None => {
                self.whole = Some(value);
                Ok(())
            }
        };
        put.map_err(|error| self.fail(error))
    }

    #[cold]
    fn fail(&mut self, error: PyErr) -> Failed {
        self.error = Some(error);
        Failed
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
        match number.as_str().parse::<i64>() {
            Ok(value) => self.put(
                value.into_pyobject(self.py).unwrap_or_else(|never| match never {}).into_any(),
            ),
            Err(_) => self.long_integer(number.as_str()),
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
        self.open.push(Open::Array(PyList::empty(self.py)));
        Ok(())
    }

    fn end_array(&mut self) -> Result<(), Failed> {
        self.close()
    }

    fn begin_object(&mut self) -> Result<(), Failed> {
        self.open.push(Open::Object(PyDict::new(self.py), None));
        Ok(())
    }

    fn key(&mut self, key: RawString<'_>) -> Result<(), Failed> {
        let py = self.py;
        let decoded;
        let text = if key.is_escaped() {
            decoded = key.decode();
            &decoded
        } else {
            key.as_raw_str()
        };
        let found = match &mut self.keys {
            Some(keys) => keys.get(py, text),
            None => string::new(py, text),
        };
        let found = found.map_err(|error| self.fail(error))?;
        if let Some(Open::Object(_, key)) = self.open.last_mut() {
            *key = Some(found);
        }
        Ok(())
    }

    fn end_object(&mut self) -> Result<(), Failed> {
        self.close()
    }
}

impl Builder<'_, '_> {
    #[inline]
    fn close(&mut self) -> Result<(), Failed> {
        match self.open.pop() {
            Some(Open::Array(array)) => self.put(array.into_any()),
            Some(Open::Object(object, _)) => self.put(object.into_any()),
            None => Ok(()),
        }
    }
}
