//! A key of an object.

use pyo3::prelude::*;
use pyo3::types::PyString;

/// A key of an object's: the cache's, which saves counting references, or its own.
pub(super) enum Key<'k, 'py> {
    Cached(&'k Bound<'py, PyString>),
    New(Bound<'py, PyString>),
}

impl<'py> Key<'_, 'py> {
    #[inline]
    pub(super) fn get(&self) -> &Bound<'py, PyString> {
        match self {
            Self::Cached(text) => text,
            Self::New(text) => text,
        }
    }
}
