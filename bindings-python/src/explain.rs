//! `hookseal.Report`: why a delivery does not verify, in the core's words.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

/// A report of why a delivery does not verify, from `Webhook.explain`.
#[pyclass(frozen, module = "hookseal")]
pub(crate) struct Report(pub(crate) hookseal::Report);

/// A cause that was found: something that is wrong with a delivery or with the receiver's
/// configuration.
#[pyclass(frozen, module = "hookseal")]
pub(crate) struct Finding(hookseal::Finding);

#[pymethods]
impl Report {
    #[getter]
    fn verifies(&self) -> bool {
        self.0.verifies()
    }

    #[getter]
    fn error(&self) -> Option<&'static str> {
        self.0.error().map(|error| error.code().as_str())
    }

    #[getter]
    fn findings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.0.findings().iter().cloned().map(Finding))
    }

    #[getter]
    fn ruled_out<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.0.ruled_out())
    }

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
    #[getter]
    fn code(&self) -> &'static str {
        self.0.code().as_str()
    }

    #[getter]
    fn what(&self) -> &'static str {
        self.0.what()
    }

    #[getter]
    fn fix(&self) -> &'static str {
        self.0.fix()
    }

    #[getter]
    fn evidence(&self) -> &str {
        self.0.evidence()
    }

    #[getter]
    fn proven(&self) -> bool {
        self.0.is_proven()
    }

    #[getter]
    fn secret(&self) -> Option<usize> {
        self.0.secret()
    }

    fn __repr__(&self) -> String {
        let sure = if self.0.is_proven() { "proven" } else { "not proven" };
        format!("<hookseal.Finding {}, {sure}>", self.code())
    }
}
