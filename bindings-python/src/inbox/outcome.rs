//! What operations give, as Python's objects.

use std::time::Duration;

use hookseal::inbox::{self, Entry, Kept, Received, SourceStats, Stats};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList, PyTuple};

use super::claimed::Claimed;
use crate::moment::write_moment;

/// What came of an operation.
pub(super) enum Outcome {
    Nothing,
    Flag(bool),
    Count(u64),
    Wait(Option<Duration>),
    Received(Received),
    Claimed(Vec<inbox::Claimed>),
    Stats(Stats),
    Text(String),
    Entries(Vec<Entry>),
    Kept(Option<Kept>),
}

impl Outcome {
    pub(super) fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        match self {
            Self::Nothing | Self::Kept(None) => Ok(py.None().into_bound(py)),
            Self::Flag(flag) => Ok(flag.into_pyobject(py)?.to_owned().into_any()),
            Self::Count(count) => Ok(count.into_pyobject(py)?.into_any()),
            Self::Wait(wait) => Ok(wait.map(|wait| wait.as_secs_f64()).into_pyobject(py)?),
            Self::Text(text) => Ok(text.into_pyobject(py)?.into_any()),
            Self::Received(received) => write_received(py, &received),
            Self::Claimed(claimed) => {
                let claimed = claimed.into_iter().map(|one| Claimed::new(py, one));
                Ok(claimed.collect::<PyResult<Vec<_>>>()?.into_pyobject(py)?)
            }
            Self::Stats(stats) => {
                let sources = stats.sources.iter().map(|source| write_source(py, source));
                let sources = sources.collect::<PyResult<Vec<_>>>()?;
                Ok((sources, stats.conflicts).into_pyobject(py)?.into_any())
            }
            Self::Entries(entries) => {
                let entries = entries.iter().map(|entry| write_entry(py, entry));
                Ok(PyList::new(py, entries.collect::<PyResult<Vec<_>>>()?)?.into_any())
            }
            Self::Kept(Some(kept)) => {
                let headers = PyTuple::new(py, kept.headers)?;
                Ok((headers, PyBytes::new(py, &kept.body)).into_pyobject(py)?.into_any())
            }
        }
    }
}

fn write_received<'py>(py: Python<'py>, received: &Received) -> PyResult<Bound<'py, PyAny>> {
    let (outcome, is_conflict) = match received {
        Received::Duplicate { is_conflict } => ("duplicate", *is_conflict),
        Received::Check => ("check", false),
        _ => ("stored", false),
    };
    Ok((outcome, is_conflict).into_pyobject(py)?.into_any())
}

fn write_source<'py>(py: Python<'py>, stats: &SourceStats) -> PyResult<Bound<'py, PyDict>> {
    let written = PyDict::new(py);
    written.set_item("source", &stats.source)?;
    written.set_item("is_known", stats.is_known)?;
    written.set_item("waiting", stats.waiting)?;
    written.set_item("leased", stats.leased)?;
    written.set_item("blocked", stats.blocked)?;
    written.set_item("dead", stats.dead)?;
    written.set_item("oldest_due", stats.oldest_due.as_secs_f64())?;
    written.set_item("has_late", stats.has_late)?;
    Ok(written)
}

fn write_entry<'py>(py: Python<'py>, entry: &Entry) -> PyResult<Bound<'py, PyDict>> {
    let moment = |milliseconds: Option<i64>| match milliseconds {
        Some(milliseconds) => write_moment(py, milliseconds.saturating_mul(1000)),
        None => Ok(None),
    };
    let written = PyDict::new(py);
    written.set_item("seq", entry.seq)?;
    written.set_item("source", &entry.source)?;
    written.set_item("state", entry.state.as_str())?;
    written.set_item("due", moment(entry.due)?)?;
    written.set_item("attempts", entry.attempts)?;
    written.set_item("error", entry.error.as_deref())?;
    written.set_item("finished_at", moment(entry.finished_at)?)?;
    written.set_item("is_late", entry.is_late)?;
    written.set_item("dedupe_key", &entry.dedupe_key)?;
    written.set_item("received_at", moment(Some(entry.received_at))?)?;
    written.set_item("event_type", &entry.event_type)?;
    written.set_item("duplicates", entry.duplicates)?;
    written.set_item("conflicts", entry.conflicts)?;
    written.set_item("body_length", entry.body_length)?;
    Ok(written)
}
