//! The headers of a request, as any framework hands them over.

use hookseal::{HeaderName, Headers};
use pyo3::exceptions::PyTypeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::critical_section::with_critical_section;
use pyo3::types::{PyDict, PyIterator, PyList, PyString, PyTuple};
use smallvec::SmallVec;

use crate::text::Text;

/// Of a request's headers those that the scheme reads.
pub(crate) enum RequestHeaders {
    /// The value of the signature header alone.
    Signature(Text),
    /// Names and values.
    Found(SmallVec<[(Text, Text); 3]>),
}

impl Headers for RequestHeaders {
    fn each<'h>(&'h self, found: &mut dyn FnMut(&'h [u8], &'h [u8])) {
        if let Self::Found(pairs) = self {
            for (given, value) in pairs {
                found(given.as_ref(), value.as_ref());
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

impl RequestHeaders {
    /// Looks the scheme's `names` up in a mapping or pairs.
    pub(crate) fn read(headers: &Bound<'_, PyAny>, names: &[HeaderName]) -> PyResult<Self> {
        let mut finder = Finder { names, found: SmallVec::new() };
        if let Ok(dict) = headers.cast_exact::<PyDict>() {
            finder.read_dict(dict)?;
        } else if headers.is_none() {
            // What `.get()` gives for a header that is not there.
        } else if let Some(value) = Text::read(headers)? {
            return Ok(Self::Signature(value));
        } else {
            finder.read_pairs(&pairs(headers)?)?;
        }
        Ok(Self::Found(finder.found))
    }
}

struct Finder<'n> {
    names: &'n [HeaderName],
    found: SmallVec<[(Text, Text); 3]>,
}

impl Finder<'_> {
    /// A dict as most frameworks have it; no Python code runs while it is looked through.
    fn read_dict(&mut self, dict: &Bound<'_, PyDict>) -> PyResult<()> {
        let mut matching = SmallVec::<[(Text, Bound<'_, PyAny>); 3]>::new();
        with_critical_section(dict, || {
            for (name, value) in dict.iter() {
                if let Some(name) = self.wanted(&name)? {
                    matching.push((name, value));
                }
            }
            PyResult::Ok(())
        })?;
        matching.into_iter().try_for_each(|(name, value)| self.add(name, &value))
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
            if let Some(name) = self.wanted(&name)? {
                self.add(name, &value)?;
            }
        }
        Ok(())
    }

    /// The name if it is one that the scheme reads.
    #[inline]
    fn wanted(&self, name: &Bound<'_, PyAny>) -> PyResult<Option<Text>> {
        let is_wanted = |given: &[u8]| self.names.iter().any(|name| name.matches(given));
        if let Ok(name) = name.cast::<PyString>() {
            // A header's name is ASCII: another is not wanted.
            return match name.to_str() {
                Ok(text) if is_wanted(text.as_bytes()) => Text::from_str(name).map(Some),
                _ => Ok(None),
            };
        }
        match Text::read(name)? {
            Some(text) => Ok(Some(text).filter(|text| is_wanted(text.as_ref()))),
            None => Err(PyTypeError::new_err(format!(
                "the name of a header must be str or bytes, not {}: pass the request's headers, \
                 such as request.headers",
                type_name(name)?
            ))),
        }
    }

    /// A value: a text, several of them, or `None` for a header that is not there.
    fn add(&mut self, name: Text, value: &Bound<'_, PyAny>) -> PyResult<()> {
        if let Some(value) = Text::read(value)? {
            self.found.push((name, value));
            return Ok(());
        }
        if value.is_none() {
            return Ok(());
        }
        if !value.is_instance_of::<PyList>() && !value.is_instance_of::<PyTuple>() {
            return Err(wrong_value(&name, value)?);
        }
        let py = value.py();
        for value in value.try_iter()? {
            let value = value?;
            if value.is_none() {
                continue;
            }
            let Some(text) = Text::read(&value)? else { return Err(wrong_value(&name, &value)?) };
            let name = Text::read(name.to_py_bytes(py).as_any())?;
            self.found.extend(name.map(|name| (name, text)));
        }
        Ok(())
    }
}

/// The pairs of a mapping, or of something that gives pairs itself.
fn pairs<'py>(headers: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyIterator>> {
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
fn split<'py>(
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

#[cold]
fn wrong_value(name: &Text, value: &Bound<'_, PyAny>) -> PyResult<PyErr> {
    Ok(PyTypeError::new_err(format!(
        "the value of the header {} must be str, bytes, None or a list of these, not {}",
        String::from_utf8_lossy(name.as_ref()),
        type_name(value)?
    )))
}

fn type_name(value: &Bound<'_, PyAny>) -> PyResult<String> {
    Ok(value.get_type().fully_qualified_name()?.to_string_lossy().into_owned())
}
