//! All of a request's headers, for explaining what is wrong with them.

use hookseal::Headers;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;

use super::request::wrong_value;
use super::values::{pairs, split, texts};
use super::wanted::{Wanted, read_name};
use crate::text::Text;

/// Every header of a request, or the signature header's value alone.
pub(crate) enum AllHeaders {
    Signature(Text),
    Pairs(Vec<(Text, Text)>),
}

impl AllHeaders {
    /// Takes what verifying takes. What is no header, as there is in a WSGI environ, is passed
    /// over.
    pub(crate) fn read(headers: &Bound<'_, PyAny>, wanted: &Wanted) -> PyResult<Self> {
        let mut all = Vec::new();
        if headers.is_none() {
            return Ok(Self::Pairs(all));
        }
        if let Some(value) = Text::read(headers)? {
            return Ok(Self::Signature(value));
        }
        for pair in &pairs(headers)? {
            let (name, value) = split(&pair?)?;
            let mut values = Vec::new();
            let wrong = texts(&value, |text| values.push(text))?;
            for text in values {
                all.push((read_name(&name)?, text));
            }
            if let Some(wrong) = wrong {
                let mut header = None;
                wanted.each_matching_object(&name, |index| header = Some(index))?;
                if let Some(index) = header {
                    return Err(wrong_value(&wanted.names()[index].header, &wrong)?);
                }
            }
        }
        Ok(Self::Pairs(all))
    }

    /// Returns the headers as texts.
    pub(crate) fn texts(&self) -> PyResult<Vec<(&str, &str)>> {
        let Self::Pairs(pairs) = self else {
            return Err(PyTypeError::new_err("headers must be a mapping or pairs, not one text"));
        };
        let text = |text| match core::str::from_utf8(text) {
            Ok(text) => Ok(text),
            Err(_) => Err(PyValueError::new_err("headers must be text in UTF-8")),
        };
        pairs
            .iter()
            .map(|(name, value)| Ok((text(name.as_ref())?, text(value.as_ref())?)))
            .collect()
    }
}

impl Headers for AllHeaders {
    fn each<'h>(&'h self, found: &mut dyn FnMut(&'h [u8], &'h [u8])) {
        if let Self::Pairs(pairs) = self {
            for (name, value) in pairs {
                found(name.as_ref(), value.as_ref());
            }
        }
    }

    fn signature(&self) -> Option<&[u8]> {
        match self {
            Self::Signature(value) => Some(value.as_ref()),
            Self::Pairs(_) => None,
        }
    }
}
