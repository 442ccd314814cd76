//! The headers that a scheme reads.

use hookseal::HeaderName;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString, PyTuple};
use smallvec::SmallVec;

use crate::hint::type_name;
use crate::text::Text;

/// The headers that a scheme reads, each once.
pub(crate) struct Wanted {
    names: Vec<Name>,
    /// A bit for each length, modulo 64, that one of the names can have.
    lengths: u64,
}

/// A header's name, and as the keys that it is asked for with.
pub(crate) struct Name {
    pub(crate) header: HeaderName,
    pub(crate) key: Py<PyString>,
    pub(crate) cgi_key: Py<PyString>,
}

/// The values that were found, each with the index of its header.
pub(crate) type Found<V> = SmallVec<[(usize, V); 3]>;

impl Wanted {
    pub(crate) fn by(py: Python<'_>, scheme: &hookseal::Scheme) -> Self {
        let mut wanted = Self { names: Vec::new(), lengths: 0 };
        for header in scheme.headers() {
            if wanted.names.iter().all(|name| name.header != *header) {
                wanted.lengths |=
                    header.lengths().iter().fold(0, |bits, length| bits | 1 << (length % 64));
                wanted.names.push(Name {
                    header: header.clone(),
                    key: PyString::intern(py, header.as_str()).unbind(),
                    cgi_key: PyString::intern(py, header.as_cgi()).unbind(),
                });
            }
        }
        wanted
    }

    #[inline]
    pub(crate) fn names(&self) -> &[Name] {
        &self.names
    }

    /// Returns `true` if a name may be as long: most of a request's are passed over by that alone.
    #[inline]
    pub(crate) fn has_length(&self, length: usize) -> bool {
        self.lengths >> (length % 64) & 1 == 1
    }

    /// Returns `true` if a pair is plainly of another header, as most are: without counting
    /// references.
    #[inline]
    pub(super) fn passes_over(&self, pair: &Bound<'_, PyAny>) -> bool {
        let Ok(pair) = pair.cast_exact::<PyTuple>() else { return false };
        if pair.len() != 2 {
            return false;
        }
        let Ok(name) = pair.get_borrowed_item(0) else { return false };
        if let Ok(name) = name.cast_exact::<PyBytes>() {
            !self.has_length(name.as_bytes().len())
        } else if let Ok(name) = name.cast_exact::<PyString>() {
            name.to_str().is_ok_and(|name| !self.has_length(name.len()))
        } else {
            false
        }
    }

    /// Calls `found` with each of the names that `given` is: hardly ever more than one.
    #[inline]
    pub(crate) fn each_matching(&self, given: &[u8], mut found: impl FnMut(usize)) {
        if !self.has_length(given.len()) {
            return;
        }
        for (index, name) in self.names.iter().enumerate() {
            if name.header.matches(given) {
                found(index);
            }
        }
    }

    /// The same for a name as a container has it.
    pub(crate) fn each_matching_object(
        &self,
        name: &Bound<'_, PyAny>,
        found: impl FnMut(usize),
    ) -> PyResult<()> {
        if let Ok(name) = name.cast::<PyString>() {
            // A header's name is ASCII: one that has no UTF-8 is another.
            if let Ok(name) = name.to_str() {
                self.each_matching(name.as_bytes(), found);
            }
            return Ok(());
        }
        self.each_matching(read_name(name)?.as_ref(), found);
        Ok(())
    }
}

/// A header's name as text.
pub(crate) fn read_name(name: &Bound<'_, PyAny>) -> PyResult<Text> {
    match Text::read(name)? {
        Some(name) => Ok(name),
        None => Err(pyo3::exceptions::PyTypeError::new_err(format!(
            "the name of a header must be str or bytes, not {}: pass the request's headers, such \
             as request.headers",
            type_name(name)?
        ))),
    }
}
