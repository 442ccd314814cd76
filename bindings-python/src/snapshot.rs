//! An event's fields on their own: what a pickle keeps of it.

use pyo3::prelude::*;
use pyo3::types::PyBytes;

/// Everything that an event says.
#[derive(FromPyObject, IntoPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Snapshot {
    pub(crate) provider: String,
    pub(crate) event_type: String,
    pub(crate) id: Option<String>,
    pub(crate) created_at: Option<i64>,
    pub(crate) test: bool,
    pub(crate) check: bool,
    pub(crate) data: Option<String>,
    pub(crate) envelope: Option<String>,
    pub(crate) unsigned: Vec<String>,
    pub(crate) key_index: usize,
    pub(crate) dedupe_key: String,
    pub(crate) body: Py<PyBytes>,
    /// The event as JSON.
    pub(crate) json: String,
}
