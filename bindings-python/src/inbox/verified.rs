//! `_hookseal._Verified`.

use hookseal::inbox;
use pyo3::prelude::*;

/// A verified delivery, to be stored.
#[pyclass(frozen, name = "_Verified", module = "hookseal._hookseal")]
pub(crate) struct Verified(pub(super) inbox::Verified);
