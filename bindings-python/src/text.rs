//! Python's texts as the bytes that the core reads.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::pybacked::{PyBackedBytes, PyBackedStr};
use pyo3::types::{PyByteArray, PyBytes, PyMemoryView, PyString};

/// Bytes that stay where they are, without a copy where Python's object cannot change.
pub(crate) enum Text {
    Str(PyBackedStr),
    Bytes(PyBackedBytes),
}

impl Text {
    /// The text of a `str` or of something like `bytes`, `None` if it is neither.
    #[inline]
    pub(crate) fn read(value: &Bound<'_, PyAny>) -> PyResult<Option<Self>> {
        if let Ok(bytes) = value.cast::<PyBytes>() {
            return Ok(Some(Self::Bytes(bytes.clone().into())));
        }
        if let Ok(text) = value.cast::<PyString>() {
            return Self::from_str(text).map(Some);
        }
        if let Ok(bytes) = value.cast::<PyByteArray>() {
            return Ok(Some(Self::Bytes(bytes.clone().into())));
        }
        if value.is_instance_of::<PyMemoryView>() {
            // The stable ABI has no buffers before 3.11; this copies them in any layout.
            let bytes = value.call_method0(intern!(value.py(), "tobytes"))?;
            return Ok(Some(Self::Bytes(bytes.cast_into::<PyBytes>()?.into())));
        }
        Ok(None)
    }

    #[inline]
    pub(crate) fn from_str(text: &Bound<'_, PyString>) -> PyResult<Self> {
        match PyBackedStr::try_from(text.clone()) {
            Ok(text) => Ok(Self::Str(text)),
            Err(_) => encode_surrogates(text).map(|bytes| Self::Bytes(bytes.into())),
        }
    }

    /// As Python's `bytes`, without a copy if it is that already.
    pub(crate) fn to_py_bytes<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        match self {
            Self::Str(text) => PyBytes::new(py, text.as_bytes()),
            Self::Bytes(bytes) => match bytes.clone_ref(py).into_pyobject(py) {
                Ok(bytes) => bytes,
                Err(never) => match never {},
            },
        }
    }
}

impl AsRef<[u8]> for Text {
    #[inline]
    fn as_ref(&self) -> &[u8] {
        match self {
            Self::Str(text) => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }
}

/// A text with lone surrogates has no UTF-8. These bytes stand for it, and are not UTF-8 either,
/// so that it is the core that judges them.
#[cold]
fn encode_surrogates<'py>(text: &Bound<'py, PyString>) -> PyResult<Bound<'py, PyBytes>> {
    let py = text.py();
    let arguments = (intern!(py, "utf-8"), intern!(py, "surrogatepass"));
    Ok(text.call_method1(intern!(py, "encode"), arguments)?.cast_into()?)
}
