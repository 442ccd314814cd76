//! `hookseal.Report`: why a delivery does not verify, in the core's words.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

/// A report of why a delivery does not verify, from ``Webhook.explain``.
///
/// It contains no secret, no signature and no part of the body. ``str`` makes text of it for a
/// terminal or a log.
#[pyclass(frozen, module = "hookseal")]
pub(crate) struct Report(pub(crate) hookseal::Report);

/// A cause that was found, in the delivery or in the receiver's configuration.
#[pyclass(frozen, module = "hookseal")]
pub(crate) struct Finding(hookseal::Finding);

#[pymethods]
impl Report {
    /// True if the delivery verifies, so that there is nothing to explain.
    #[getter]
    fn verifies(&self) -> bool {
        self.0.verifies()
    }

    /// The code of the error that ``verify`` raises, or None if the delivery verifies.
    #[getter]
    fn error(&self) -> Option<&'static str> {
        self.0.error().map(|error| error.code().as_str())
    }

    /// The causes that were found.
    ///
    /// If several are proven, the signature matched once all of them were undone. The others are in
    /// order of likelihood.
    #[getter]
    fn findings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.0.findings().iter().cloned().map(Finding))
    }

    /// Sentences on what was tried without success; empty if a cause was proven.
    #[getter]
    fn ruled_out<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.0.ruled_out())
    }

    /// Returns the report as a JSON object, in the form that all languages share.
    fn to_json(&self) -> String {
        self.0.to_json()
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        let codes: Vec<&str> = self.0.findings().iter().map(|one| one.code().as_str()).collect();
        match self.error() {
            None => "<hookseal.Report: verifies>".to_owned(),
            Some(error) => format!("<hookseal.Report {error}: {}>", codes.join(", ")),
        }
    }
}

#[pymethods]
impl Finding {
    /// The code, such as ``body_reserialised``. It never changes its meaning.
    #[getter]
    fn code(&self) -> &'static str {
        self.0.code().as_str()
    }

    /// A sentence or two on what happened.
    #[getter]
    fn what(&self) -> &'static str {
        self.0.what()
    }

    /// A sentence or two on how to fix it.
    #[getter]
    fn fix(&self) -> &'static str {
        self.0.fix()
    }

    /// The evidence in this delivery, in words.
    #[getter]
    fn evidence(&self) -> &str {
        self.0.evidence()
    }

    /// True if the signature matched once this was undone.
    ///
    /// A finding that is not proven was only observed: a forged delivery can show it too.
    #[getter]
    fn proven(&self) -> bool {
        self.0.is_proven()
    }

    /// The index of the secret that the finding is about, or None.
    ///
    /// The webhook's secrets are counted first, then those given to ``explain``.
    #[getter]
    fn secret(&self) -> Option<usize> {
        self.0.secret()
    }

    fn __repr__(&self) -> String {
        let sure = if self.0.is_proven() { "proven" } else { "not proven" };
        format!("<hookseal.Finding {}, {sure}>", self.code())
    }
}
