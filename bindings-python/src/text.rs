//! Python's texts as the bytes that the core reads.
#![allow(unsafe_code, reason = "PyO3's own such type is larger, one for each type of Python's")]

use core::ptr::NonNull;

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyMemoryView, PyString};

/// Bytes that stay where they are, in an object that cannot change.
pub(crate) struct Text {
    bytes: NonNull<[u8]>,
    owner: Py<PyAny>,
}

// SAFETY: nothing writes to the bytes, and references to objects may be sent.
unsafe impl Send for Text {}
// SAFETY: as above.
unsafe impl Sync for Text {}

impl Text {
    /// The text of a `str` or of something like `bytes`, `None` if it is neither.
    #[inline]
    pub(crate) fn read(value: &Bound<'_, PyAny>) -> PyResult<Option<Self>> {
        if let Ok(bytes) = value.cast::<PyBytes>() {
            return Ok(Some(Self::from_bytes(bytes.clone())));
        }
        if let Ok(text) = value.cast::<PyString>() {
            return Self::from_str(text).map(Some);
        }
        Self::read_copy(value)
    }

    /// Returns a copy of the bytes of an object whose bytes can change.
    fn read_copy(value: &Bound<'_, PyAny>) -> PyResult<Option<Self>> {
        if let Ok(bytes) = value.cast::<PyByteArray>() {
            return Ok(Some(Self::from_bytes(PyBytes::new(value.py(), &bytes.to_vec()))));
        }
        if value.is_instance_of::<PyMemoryView>() {
            // The stable ABI has no buffers before 3.11; this copies them in any layout.
            let bytes = value.call_method0(intern!(value.py(), "tobytes"))?;
            return Ok(Some(Self::from_bytes(bytes.cast_into()?)));
        }
        Ok(None)
    }

    #[inline]
    fn from_bytes(bytes: Bound<'_, PyBytes>) -> Self {
        Self { bytes: NonNull::from(bytes.as_bytes()), owner: bytes.into_any().unbind() }
    }

    #[inline]
    fn from_str(text: &Bound<'_, PyString>) -> PyResult<Self> {
        match text.to_str() {
            Ok(utf8) => Ok(Self {
                bytes: NonNull::from(utf8.as_bytes()),
                owner: text.clone().into_any().unbind(),
            }),
            Err(_) => encode_surrogates(text).map(Self::from_bytes),
        }
    }

    /// As Python's `bytes`, without a copy if it is that already.
    pub(crate) fn to_py_bytes<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        match self.owner.bind(py).cast::<PyBytes>() {
            Ok(bytes) => bytes.clone(),
            Err(_) => PyBytes::new(py, self.as_ref()),
        }
    }
}

impl AsRef<[u8]> for Text {
    #[inline]
    fn as_ref(&self) -> &[u8] {
        // SAFETY: the owner holds them, and neither `bytes` nor the UTF-8 of a `str` ever changes.
        unsafe { self.bytes.as_ref() }
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
