//! `hookseal.Scheme`.

use hookseal::Field;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};

use crate::definition;
use crate::error::raise;

/// A scheme: how a provider signs its deliveries, and where an event's fields are.
#[pyclass(frozen, module = "hookseal")]
pub(crate) struct Scheme(pub(crate) hookseal::Scheme);

#[pymethods]
impl Scheme {
    /// Reads a scheme from TOML, JSON or a mapping.
    #[new]
    #[pyo3(signature = (definition, /))]
    fn new(definition: &Bound<'_, PyAny>) -> PyResult<Self> {
        definition::read(definition).map(Self)
    }

    /// Returns the scheme of a known provider.
    #[staticmethod]
    #[pyo3(signature = (name, /))]
    fn provider(name: &Bound<'_, PyString>) -> PyResult<Self> {
        hookseal::Scheme::provider(&name.to_string_lossy())
            .map(Self)
            .map_err(|error| raise(name.py(), &error))
    }

    /// The provider's name, which its events carry.
    #[getter]
    fn name(&self) -> &str {
        self.0.name()
    }

    /// The provider's display name.
    #[getter]
    fn title(&self) -> &str {
        self.0.title()
    }

    /// The fields of an event that the signature does not cover.
    #[getter]
    fn unsigned<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.0.unsigned().iter().copied().map(Field::as_str))
    }

    fn __repr__(&self) -> String {
        format!("<hookseal.Scheme {}>", self.0.name())
    }
}
