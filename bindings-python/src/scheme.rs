//! `hookseal.Scheme`.

use hookseal::{Field, Weakness};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::error::raise;
use crate::{argument, definition};

/// A scheme: how a provider signs its deliveries, and where an event's fields are.
///
/// ``definition`` is TOML, JSON or a mapping. Raises ``ConfigurationError`` if it cannot be read, or
/// cannot be safe.
///
/// >>> scheme = hookseal.Scheme({
/// ...     "name": "acme",
/// ...     "signature": {
/// ...         "header": "X-Acme-Signature",
/// ...         "algorithm": "hmac-sha256",
/// ...         "encoding": "hex",
/// ...         "content": "{body}",
/// ...     },
/// ...     "event": {"type": {"pointer": "/event"}},
/// ... })
/// >>> hookseal.Webhook(scheme, "secret").provider
/// 'acme'
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
    ///
    /// Raises ``ConfigurationError`` if there is none of this name.
    #[staticmethod]
    #[pyo3(signature = (name, /))]
    fn provider(name: &Bound<'_, PyAny>) -> PyResult<Self> {
        hookseal::Scheme::provider(&argument::text(name, "name")?)
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

    /// What the scheme's signatures leave open; empty of most.
    ///
    /// ``token``, ``body-unsigned``, ``crc32`` and ``borders`` leave the body unsigned: a webhook is
    /// then built only with ``accept_unsigned``. ``plain-digest`` is a hash without HMAC.
    #[getter]
    fn weaknesses<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.0.weaknesses().iter().copied().map(Weakness::as_str))
    }

    /// The names of the constants that a webhook must be given, and what each one is.
    #[getter]
    fn constants<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let constants = PyDict::new(py);
        for (name, meaning) in self.0.constants() {
            constants.set_item(name, meaning)?;
        }
        Ok(constants)
    }

    /// True if the request's method or address is signed, so that ``verify`` needs them.
    #[getter]
    fn signs_request(&self) -> bool {
        self.0.signs_request()
    }

    /// True if the sender first asks whether the endpoint is yours: see ``Webhook.handshake``.
    #[getter]
    fn has_handshake(&self) -> bool {
        self.0.has_handshake()
    }

    fn __repr__(&self) -> String {
        format!("<hookseal.Scheme {}>", self.0.name())
    }
}
