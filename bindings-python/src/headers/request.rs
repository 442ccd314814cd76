//! The headers of a request that a scheme reads.

use hookseal::{HeaderName, Headers};
use pyo3::exceptions::PyTypeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use smallvec::SmallVec;

use super::containers::{Access, access};
use super::wanted::{Found, Name, Wanted};
use super::{dict, values};
use crate::hint::type_name;
use crate::text::Text;

/// The headers of a request that a scheme reads.
pub(crate) enum RequestHeaders<'w> {
    /// The value of the signature header alone.
    Signature(Text),
    Found(Finder<'w>),
}

/// What is found so far: which header, and its value.
pub(crate) struct Finder<'w> {
    wanted: &'w Wanted,
    found: Found<Text>,
}

impl Headers for RequestHeaders<'_> {
    fn each<'h>(&'h self, found: &mut dyn FnMut(&'h [u8], &'h [u8])) {
        let Self::Found(finder) = self else { return };
        for (index, value) in &finder.found {
            found(finder.wanted.names()[*index].header.as_str().as_bytes(), value.as_ref());
        }
    }

    fn each_value<'h>(&'h self, name: &HeaderName, found: &mut dyn FnMut(&'h [u8])) {
        let Self::Found(finder) = self else { return };
        for (index, value) in &finder.found {
            if finder.wanted.names()[*index].header == *name {
                found(value.as_ref());
            }
        }
    }

    fn signature(&self) -> Option<&[u8]> {
        match self {
            Self::Signature(value) => Some(value.as_ref()),
            Self::Found(_) => None,
        }
    }
}

impl<'w> RequestHeaders<'w> {
    /// Looks the wanted headers up.
    #[inline]
    pub(crate) fn read(headers: &Bound<'_, PyAny>, wanted: &'w Wanted) -> PyResult<Self> {
        let mut finder = Finder { wanted, found: SmallVec::new() };
        if let Ok(dict) = headers.cast_exact::<PyDict>() {
            finder.read_dict(dict)?;
        } else if headers.is_none() {
            // What `.get()` gives for a header that is not there.
        } else if let Ok(list) = headers.cast_exact::<PyList>() {
            finder.read_list(list)?;
        } else if let Some(access) = access(headers)? {
            finder.ask(headers, access)?;
        } else if let Some(value) = Text::read(headers)? {
            return Ok(Self::Signature(value));
        } else {
            finder.read_pairs(values::pairs(headers)?)?;
        }
        Ok(Self::Found(finder))
    }
}

impl Finder<'_> {
    fn read_dict(&mut self, dict: &Bound<'_, PyDict>) -> PyResult<()> {
        let matching = dict::matching(dict, self.wanted)?;
        matching.into_iter().try_for_each(|(header, value)| self.add(header, &value))
    }

    fn read_list(&mut self, pairs: &Bound<'_, PyList>) -> PyResult<()> {
        pairs.iter().try_for_each(|pair| self.read_pair(&pair))
    }

    fn read_pairs<'py>(
        &mut self,
        mut pairs: impl Iterator<Item = PyResult<Bound<'py, PyAny>>>,
    ) -> PyResult<()> {
        pairs.try_for_each(|pair| self.read_pair(&pair?))
    }

    #[inline]
    fn read_pair(&mut self, pair: &Bound<'_, PyAny>) -> PyResult<()> {
        if self.wanted.passes_over(pair) {
            return Ok(());
        }
        let (name, value) = values::split(pair)?;
        let mut headers = SmallVec::<[usize; 1]>::new();
        self.wanted.each_matching_object(&name, |header| headers.push(header))?;
        headers.into_iter().try_for_each(|header| self.add(header, &value))
    }

    /// Reads a container of a framework's in the way that suits it.
    fn ask(&mut self, headers: &Bound<'_, PyAny>, access: Access) -> PyResult<()> {
        let py = headers.py();
        match access {
            Access::Environ => {
                let environ = headers.getattr(intern!(py, "environ"))?;
                match environ.cast_exact::<PyDict>() {
                    Ok(environ) => self.ask_each(|name| environ.get_item(&name.cgi_key)),
                    Err(_) => self.ask_each(|name| {
                        environ.call_method1(intern!(py, "get"), (&name.cgi_key,)).map(Some)
                    }),
                }
            }
            Access::Get => self
                .ask_each(|name| headers.call_method1(intern!(py, "get"), (&name.key,)).map(Some)),
            Access::GetAll => self.ask_each(|name| {
                headers.call_method1(intern!(py, "getall"), (&name.key, py.None())).map(Some)
            }),
            Access::Raw => {
                let raw = headers.getattr(intern!(py, "raw"))?;
                match raw.cast_exact::<PyList>() {
                    Ok(pairs) => self.read_list(pairs),
                    Err(_) => self.read_pairs(raw.try_iter()?),
                }
            }
            Access::Pairs => self.read_pairs(headers.try_iter()?),
        }
    }

    fn ask_each<'py>(
        &mut self,
        ask: impl Fn(&Name) -> PyResult<Option<Bound<'py, PyAny>>>,
    ) -> PyResult<()> {
        for (header, name) in self.wanted.names().iter().enumerate() {
            if let Some(value) = ask(name)? {
                self.add(header, &value)?;
            }
        }
        Ok(())
    }

    fn add(&mut self, header: usize, value: &Bound<'_, PyAny>) -> PyResult<()> {
        match values::texts(value, |text| self.found.push((header, text)))? {
            Some(wrong) => Err(wrong_value(&self.wanted.names()[header].header, &wrong)?),
            None => Ok(()),
        }
    }
}

/// The error for a header's value that is not text.
#[cold]
pub(super) fn wrong_value(header: &HeaderName, value: &Bound<'_, PyAny>) -> PyResult<PyErr> {
    Ok(PyTypeError::new_err(format!(
        "the value of the header {} must be str, bytes, None or a list of these, not {}",
        header.as_str(),
        type_name(value)?
    )))
}
