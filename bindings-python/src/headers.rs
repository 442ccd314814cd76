//! The headers of a request, as any framework hands them over.
#![allow(unsafe_code, reason = "PyO3's iteration over a dict takes references to all it meets")]

use core::ptr;

use hookseal::{HeaderName, Headers};
use pyo3::exceptions::PyTypeError;
use pyo3::ffi;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::critical_section::with_critical_section;
use pyo3::types::{PyDict, PyIterator, PyList, PyString, PyTuple};
use smallvec::SmallVec;

use crate::text::Text;

/// The headers that a scheme reads.
pub(crate) struct Wanted {
    /// Each once.
    names: Vec<HeaderName>,
    /// A bit for each length, modulo 64, that one of the names can have.
    lengths: u64,
}

impl Wanted {
    pub(crate) fn by(scheme: &hookseal::Scheme) -> Self {
        let mut wanted = Self { names: Vec::new(), lengths: 0 };
        for name in scheme.headers() {
            if !wanted.names.contains(name) {
                wanted.names.push(name.clone());
                wanted.lengths |=
                    name.lengths().iter().fold(0, |bits, length| bits | 1 << (length % 64));
            }
        }
        wanted
    }

    /// Whether a name may be as long: most of a request's are passed over by that alone.
    #[inline]
    fn has_length(&self, length: usize) -> bool {
        self.lengths >> (length % 64) & 1 == 1
    }

    /// Calls `found` with each of the names that `given` is: hardly ever more than one.
    #[inline]
    fn each_matching(&self, given: &[u8], mut found: impl FnMut(usize)) {
        if !self.has_length(given.len()) {
            return;
        }
        for (index, name) in self.names.iter().enumerate() {
            if name.matches(given) {
                found(index);
            }
        }
    }
}

/// Of a request's headers those that the scheme reads.
pub(crate) enum RequestHeaders<'w> {
    /// The value of the signature header alone.
    Signature(Text),
    Found(Finder<'w>),
}

impl Headers for RequestHeaders<'_> {
    fn each<'h>(&'h self, found: &mut dyn FnMut(&'h [u8], &'h [u8])) {
        let Self::Found(finder) = self else { return };
        for (index, value) in &finder.found {
            found(finder.wanted.names[*index].as_str().as_bytes(), value.as_ref());
        }
    }

    fn each_value<'h>(&'h self, name: &HeaderName, found: &mut dyn FnMut(&'h [u8])) {
        let Self::Found(finder) = self else { return };
        for (index, value) in &finder.found {
            if finder.wanted.names[*index] == *name {
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
    /// Looks the wanted headers up in a mapping or pairs.
    #[inline]
    pub(crate) fn read(headers: &Bound<'_, PyAny>, wanted: &'w Wanted) -> PyResult<Self> {
        let mut finder = Finder { wanted, found: SmallVec::new() };
        if let Ok(dict) = headers.cast_exact::<PyDict>() {
            finder.read_dict(dict)?;
        } else if headers.is_none() {
            // What `.get()` gives for a header that is not there.
        } else if let Some(value) = Text::read(headers)? {
            return Ok(Self::Signature(value));
        } else {
            finder.read_pairs(&pairs(headers)?)?;
        }
        Ok(Self::Found(finder))
    }
}

/// What is found so far: which header, and its value.
pub(crate) struct Finder<'w> {
    wanted: &'w Wanted,
    found: SmallVec<[(usize, Text); 3]>,
}

type Matching<'py> = SmallVec<[(usize, Bound<'py, PyAny>); 3]>;

impl Finder<'_> {
    /// A dict as most frameworks have it. Reading a value may run Python code, so that comes after.
    fn read_dict(&mut self, dict: &Bound<'_, PyDict>) -> PyResult<()> {
        let mut matching = Matching::new();
        with_critical_section(dict, || self.look_through(dict, &mut matching))?;
        matching.into_iter().try_for_each(|(header, value)| self.add(header, &value))
    }

    /// Without counting references, which is most of what this would cost.
    fn look_through<'py>(
        &self,
        dict: &Bound<'py, PyDict>,
        matching: &mut Matching<'py>,
    ) -> PyResult<()> {
        let (mut position, mut name, mut value) = (0, ptr::null_mut(), ptr::null_mut());
        // SAFETY: it is a dict. Should a name's type run code that changes it, then this skips some.
        while unsafe {
            ffi::PyDict_Next(dict.as_ptr(), &raw mut position, &raw mut name, &raw mut value)
        } != 0
        {
            // SAFETY: the dict holds both, as long as no Python code runs.
            let name = unsafe { Borrowed::from_ptr(dict.py(), name) };
            // SAFETY: as above.
            let value = unsafe { Borrowed::from_ptr(dict.py(), value) };
            if let Ok(name) = name.cast_exact::<PyString>() {
                // SAFETY: it is a string. A name that is wanted is ASCII, as long in any unit.
                let length = unsafe { ffi::PyUnicode_GetLength(name.as_ptr()) };
                if !self.wanted.has_length(length.cast_unsigned()) {
                    continue;
                }
                let Ok(name) = name.to_str() else { continue };
                self.wanted.each_matching(name.as_bytes(), |header| {
                    matching.push((header, value.to_owned()));
                });
            } else {
                let (name, value) = (name.to_owned(), value.to_owned());
                self.each_matching(&name, |header| matching.push((header, value.clone())))?;
            }
        }
        Ok(())
    }

    fn read_pairs(&mut self, pairs: &Bound<'_, PyIterator>) -> PyResult<()> {
        for pair in pairs {
            let pair = pair?;
            let Some((name, value)) = split(&pair)? else {
                return Err(PyTypeError::new_err(
                    "headers must be a mapping or pairs of a name and a value: pass all of the \
                     request's headers, such as request.headers",
                ));
            };
            let mut headers = SmallVec::<[usize; 1]>::new();
            self.each_matching(&name, |header| headers.push(header))?;
            headers.into_iter().try_for_each(|header| self.add(header, &value))?;
        }
        Ok(())
    }

    /// Calls `found` with each of the wanted headers that has this name.
    fn each_matching(&self, name: &Bound<'_, PyAny>, found: impl FnMut(usize)) -> PyResult<()> {
        if let Ok(name) = name.cast::<PyString>() {
            // A header's name is ASCII: one that has no UTF-8 is another.
            if let Ok(name) = name.to_str() {
                self.wanted.each_matching(name.as_bytes(), found);
            }
            return Ok(());
        }
        match Text::read(name)? {
            Some(name) => {
                self.wanted.each_matching(name.as_ref(), found);
                Ok(())
            }
            None => Err(PyTypeError::new_err(format!(
                "the name of a header must be str or bytes, not {}: pass the request's headers, \
                 such as request.headers",
                type_name(name)?
            ))),
        }
    }

    fn add(&mut self, header: usize, value: &Bound<'_, PyAny>) -> PyResult<()> {
        let wrong = values(value, &mut |text| {
            self.found.push((header, text));
            Ok(())
        })?;
        match wrong {
            Some(wrong) => Err(self.wrong_value(header, &wrong)?),
            None => Ok(()),
        }
    }

    #[cold]
    fn wrong_value(&self, header: usize, value: &Bound<'_, PyAny>) -> PyResult<PyErr> {
        Ok(PyTypeError::new_err(format!(
            "the value of the header {} must be str, bytes, None or a list of these, not {}",
            self.wanted.names[header].as_str(),
            type_name(value)?
        )))
    }
}

/// Calls `found` with each text of a header's value: one, several, or none for `None`. Gives the
/// first thing that is not a text.
#[inline]
pub(crate) fn values<'py>(
    value: &Bound<'py, PyAny>,
    found: &mut dyn FnMut(Text) -> PyResult<()>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    if let Some(value) = Text::read(value)? {
        found(value)?;
        return Ok(None);
    }
    if value.is_none() {
        return Ok(None);
    }
    if !value.is_instance_of::<PyList>() && !value.is_instance_of::<PyTuple>() {
        return Ok(Some(value.clone()));
    }
    for value in value.try_iter()? {
        let value = value?;
        if value.is_none() {
            continue;
        }
        match Text::read(&value)? {
            Some(text) => found(text)?,
            None => return Ok(Some(value)),
        }
    }
    Ok(None)
}

/// The pairs of a mapping, or of something that gives pairs itself.
pub(crate) fn pairs<'py>(headers: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyIterator>> {
    let py = headers.py();
    if let Some(items) = headers.getattr_opt(intern!(py, "items"))?
        && items.is_callable()
    {
        return items.call0()?.try_iter();
    }
    headers.try_iter().or_else(|_| {
        Err(PyTypeError::new_err(format!(
            "headers must be a mapping, pairs, or the signature header's value as str, not {}: pass \
             the request's headers, such as request.headers",
            type_name(headers)?
        )))
    })
}

/// A pair's two halves, `None` if it has another number of them or is a text.
#[inline]
pub(crate) fn split<'py>(
    pair: &Bound<'py, PyAny>,
) -> PyResult<Option<(Bound<'py, PyAny>, Bound<'py, PyAny>)>> {
    if let Ok(pair) = pair.cast::<PyTuple>() {
        return match pair.len() {
            2 => Ok(Some((pair.get_item(0)?, pair.get_item(1)?))),
            _ => Ok(None),
        };
    }
    match pair.cast::<PyList>() {
        Ok(pair) if pair.len() == 2 => Ok(Some((pair.get_item(0)?, pair.get_item(1)?))),
        _ => Ok(None),
    }
}

fn type_name(value: &Bound<'_, PyAny>) -> PyResult<String> {
    Ok(value.get_type().fully_qualified_name()?.to_string_lossy().into_owned())
}
