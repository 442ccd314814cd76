//! `hookseal.Handshake`.

use hookseal::HandshakeAnswer;
use pyo3::prelude::*;

/// An answer to a sender that asks whether the endpoint is yours, from ``Webhook.handshake``.
#[pyclass(frozen, module = "hookseal")]
pub(crate) struct Handshake(pub(crate) HandshakeAnswer);

#[pymethods]
impl Handshake {
    /// The value of the response's header Content-Type.
    #[getter]
    fn content_type(&self) -> &'static str {
        self.0.content_type()
    }

    /// The response's body.
    #[getter]
    fn body(&self) -> &str {
        self.0.body()
    }

    fn __repr__(&self) -> String {
        format!("<hookseal.Handshake {}>", self.0.content_type())
    }
}
