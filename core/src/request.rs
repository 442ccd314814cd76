//! The headers of a request, read as a scheme says.

use crate::clock::Moment;
use crate::headers::{HeaderName, Headers};
use crate::scheme::{Compiled, Scheme, Signature, SignatureForm, SignatureHeader};
use crate::{Error, ErrorCode};

/// A request's headers, and the scheme that says what to read in them.
pub(crate) struct Request<'d, H: ?Sized> {
    scheme: &'d Scheme,
    headers: &'d H,
}

impl<'d, H: Headers + ?Sized> Request<'d, H> {
    pub(crate) fn new(scheme: &'d Scheme, headers: &'d H) -> Self {
        Self { scheme, headers }
    }

    pub(crate) fn scheme(&self) -> &'d Scheme {
        self.scheme
    }

    fn compiled(&self) -> &'d Compiled {
        self.scheme.compiled()
    }

    /// Checks that the headers are there that stand beside every signature.
    pub(crate) fn check_presence(&self) -> Result<(), Error> {
        let is_there = |name: &HeaderName| {
            let mut found = false;
            self.headers.each_value(name, &mut |_| found = true);
            found
        };
        let required = &self.compiled().required_headers;
        match required.iter().find(|names| !names.iter().any(is_there)) {
            Some(names) => Err(self.missing(names.iter())),
            None => Ok(()),
        }
    }

    /// The signature, and the first of the scheme's forms that it has.
    pub(crate) fn signature(&self) -> Result<(&'d SignatureForm, Signature<'d>), Error> {
        let mut error = None;
        for header in &self.compiled().signatures {
            let value = match self.headers.signature() {
                Some(value) => Some((&header.names[0], text(&header.names[0], value)?)),
                None => self.header(&header.names)?,
            };
            let Some((name, value)) = value else { continue };
            for form in &header.forms {
                if let Some(signature) = form.read(value) {
                    return Ok((form, signature));
                }
            }
            error = error.or_else(|| Some(self.malformed_signature(header, name, value)));
        }
        Err(error.unwrap_or_else(|| self.missing(self.compiled().signature_names())))
    }

    /// The id that the signature covers, `""` if it covers none. What is signed is one text, so the
    /// id must be one whose end is certain.
    pub(crate) fn signed_id(&self, form: &SignatureForm) -> Result<&'d str, Error> {
        if !form.content.has_id() {
            return Ok("");
        }
        let scheme = self.compiled();
        let id = self.required(&scheme.id)?;
        if form.content.bounds_id(id, scheme.is_json) {
            return Ok(id);
        }
        Err(unbounded_id(&scheme.id[0]))
    }

    /// The timestamp that the signature covers, if it covers any: as it is written, and what it
    /// means.
    pub(crate) fn timestamp(
        &self,
        form: &SignatureForm,
        signature: &Signature<'d>,
    ) -> Result<Option<(&'d str, Moment)>, Error> {
        let Some(rule) = &self.compiled().timestamp else { return Ok(None) };
        if !form.content.has_timestamp() {
            return Ok(None);
        }
        let text = match signature.timestamp {
            Some(text) => text,
            None => self.required(&rule.headers)?,
        };
        match rule.unit.read(text) {
            Some(moment) => Ok(Some((text, moment))),
            None => Err(Error::new(
                ErrorCode::MalformedHeader,
                format!(
                    "the timestamp that {} signs must be {}",
                    self.scheme.title(),
                    rule.unit.description()
                ),
            )),
        }
    }

    /// The first of the headers that is there.
    pub(crate) fn header(
        &self,
        names: &'d [HeaderName],
    ) -> Result<Option<(&'d HeaderName, &'d str)>, Error> {
        for name in names {
            let mut first: Option<&'d [u8]> = None;
            let mut conflict = false;
            self.headers.each_value(name, &mut |value| {
                conflict |= *first.get_or_insert(value) != value;
            });
            if conflict {
                return Err(malformed(
                    name,
                    "is there more than once, with different values: which one counts cannot be \
                     known, so something between the sender and here has added one",
                ));
            }
            if let Some(value) = first {
                return Ok(Some((name, text(name, value)?)));
            }
        }
        Ok(None)
    }

    fn required(&self, names: &'d [HeaderName]) -> Result<&'d str, Error> {
        match self.header(names)? {
            Some((name, "")) => Err(malformed(name, "is empty")),
            Some((_, value)) => Ok(value),
            None => Err(self.missing(names.iter())),
        }
    }

    fn missing<'n>(&self, names: impl Iterator<Item = &'n HeaderName>) -> Error {
        let names: Vec<String> = names.map(|name| format!("`{}`", name.as_str())).collect();
        Error::new(
            ErrorCode::MissingHeader,
            format!(
                "the header {} is missing, which {} sends with every delivery: pass all of the \
                 request's headers, and check that no proxy removes it",
                names.join(" or "),
                self.scheme.title()
            ),
        )
    }

    fn malformed_signature(
        &self,
        header: &SignatureHeader,
        name: &HeaderName,
        value: &str,
    ) -> Error {
        if value.is_empty() {
            return malformed(name, "is empty");
        }
        let forms: Vec<String> = header.forms.iter().map(SignatureForm::description).collect();
        malformed(
            name,
            &format!(
                "is not a signature of {}: it must be {}",
                self.scheme.title(),
                forms.join(", or ")
            ),
        )
    }
}

/// A header's value as text: HTTP's visible characters, spaces and tabs.
fn text<'h>(name: &HeaderName, value: &'h [u8]) -> Result<&'h str, Error> {
    // Without an early end, so that it is done many bytes at a time.
    let allowed = |byte: &u8| matches!(byte, b' '..=b'~' | b'\t');
    let allowed = value.iter().fold(true, |all, byte| all & allowed(byte));
    match core::str::from_utf8(value) {
        Ok(text) if allowed => Ok(text),
        _ => Err(malformed(name, "holds characters that are not ASCII")),
    }
}

pub(crate) fn unbounded_id(name: &HeaderName) -> Error {
    malformed(
        name,
        "has spaces around the id, or in it what separates it from the rest that is signed",
    )
}

pub(crate) fn malformed(name: &HeaderName, what: &str) -> Error {
    Error::new(ErrorCode::MalformedHeader, format!("the header `{}` {what}", name.as_str()))
}
