//! `hookseal.inbox.Claimed`.

use hookseal::inbox;
use pyo3::PyTraverseError;
use pyo3::gc::PyVisit;
use pyo3::prelude::*;

use crate::event::Event;
use crate::moment::{micros, write_moment};

/// A delivery that is leased to a worker: what ``Inbox.claim`` returns.
#[pyclass(frozen, generic, module = "hookseal.inbox")]
pub(crate) struct Claimed {
    pub(super) core: inbox::Claimed,
    event: Py<Event>,
}

impl Claimed {
    pub(super) fn new(py: Python<'_>, core: inbox::Claimed) -> PyResult<Self> {
        let event = Py::new(py, Event::kept(core.event().clone()))?;
        Ok(Self { core, event })
    }
}

#[pymethods]
impl Claimed {
    /// The delivery's number in the inbox.
    #[getter]
    fn seq(&self) -> i64 {
        self.core.seq()
    }

    /// Which attempt this is, counted from 1.
    #[getter]
    fn attempt(&self) -> u32 {
        self.core.attempt()
    }

    /// The source that sent it.
    #[getter]
    fn source(&self) -> &str {
        self.core.source()
    }

    /// When it was stored, by the database's clock.
    #[getter]
    fn received_at<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        micros(self.core.received_at()).map_or(Ok(None), |micros| write_moment(py, micros))
    }

    /// The event, which was verified again.
    #[getter]
    fn event(&self, py: Python<'_>) -> Py<Event> {
        self.event.clone_ref(py)
    }

    /// Shows no personal data.
    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!(
            "Claimed(seq={}, attempt={}, source='{}', event={})",
            self.core.seq(),
            self.core.attempt(),
            self.core.source(),
            self.event.bind(py).repr()?
        ))
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        visit.call(&self.event)
    }
}
