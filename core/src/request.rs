//! The headers of a request, read as a scheme says.

use crate::clock::{Moment, TimestampUnit};
use crate::headers::{HeaderName, Headers};
use crate::scheme::{Compiled, Scheme, Signature, SignatureForm, malformation};
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

    pub(crate) fn headers(&self) -> &'d H {
        self.headers
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

    /// The signature, and the first of the scheme's forms that it has, of those that can be checked.
    pub(crate) fn signature(
        &self,
        is_checkable: impl Fn(&SignatureForm) -> bool,
    ) -> Result<(&'d SignatureForm, Signature<'d>), Error> {
        let mut error = None;
        for header in &self.compiled().signatures {
            let value = match self.headers.signature() {
                Some(value) => Some((&header.names[0], text(&header.names[0], value)?)),
                None => self.header(&header.names)?,
            };
            let Some((name, value)) = value else { continue };
            let forms = || header.forms.iter().filter(|form| is_checkable(form));
            for form in forms() {
                if let Some(signature) = form.read(value) {
                    return Ok((form, signature));
                }
            }
            let malformed = || self.malformed_signature(&forms().collect::<Vec<_>>(), name, value);
            error = error.or_else(|| Some(malformed()));
        }
        Err(error.unwrap_or_else(|| self.missing(self.compiled().signature_names())))
    }

    /// The signature that stands beside the one of a form in the same header: another form's, with
    /// keys of its own.
    pub(crate) fn signature_beside(
        &self,
        tried: &SignatureForm,
        is_checkable: impl Fn(&SignatureForm) -> bool,
    ) -> Option<(&'d SignatureForm, Signature<'d>)> {
        let is_tried = |form: &SignatureForm| core::ptr::eq(form, tried);
        let header = self.compiled().signatures.iter().find(|h| h.forms.iter().any(is_tried))?;
        let after = header.forms.iter().skip_while(|form| !is_tried(form)).skip(1);
        let mut others = after
            .filter(|form| form.algorithm != tried.algorithm && is_checkable(form))
            .peekable();
        others.peek()?;
        let value = match self.headers.signature() {
            Some(value) => text(&header.names[0], value).ok()?,
            None => self.header(&header.names).ok()??.1,
        };
        others.find_map(|form| form.read(value).map(|signature| (form, signature)))
    }

    /// The id of the key that the delivery was signed with, if it names one.
    pub(crate) fn key_id(&self) -> Result<Option<&'d str>, Error> {
        Ok(self.single(&self.compiled().key_id)?.map(|(_, id)| id))
    }

    /// The error of a delivery that names no key, or one that was not given.
    pub(crate) fn unknown_key(&self, id: Option<&str>) -> Error {
        let names = &self.compiled().key_id;
        match id {
            None => self.missing(names.iter()),
            Some(_) => Error::new(
                ErrorCode::SignatureMismatch,
                format!(
                    "the header `{}` names a key that is not among those that were given: if {} has \
                     made a new one, fetch its key set anew and build the webhook with that",
                    names[0].as_str(),
                    self.scheme.title()
                ),
            ),
        }
    }

    /// The id that the signature covers, `""` if it covers none. What is signed is one text, so the
    /// id must be one whose borders are certain.
    pub(crate) fn signed_id(&self, form: &SignatureForm) -> Result<&'d str, Error> {
        if !form.content.has_id() {
            return Ok("");
        }
        let names = &self.compiled().id;
        let id = self.required(names)?;
        match form.borders.refuse_id(id) {
            Some(what) => Err(malformed(&names[0], what)),
            None => Ok(id),
        }
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
            Some(moment) if form.borders.allow_timestamp(text) => Ok(Some((text, moment))),
            _ => Err(malformed_timestamp(self.compiled(), form, rule.unit)),
        }
    }

    /// The value of the first of the headers that is there, which cannot be a list. What something
    /// on the way has joined out of equal values is that value.
    pub(crate) fn single(
        &self,
        names: &'d [HeaderName],
    ) -> Result<Option<(&'d HeaderName, &'d str)>, Error> {
        match self.header(names)? {
            Some((name, value)) if value.contains(',') => match unjoined(value) {
                Some(value) => Ok(Some((name, value))),
                None => Err(joined(name)),
            },
            found => Ok(found),
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
        match self.single(names)? {
            Some((name, "")) => Err(malformed(name, "is empty")),
            Some((_, value)) => Ok(value),
            None => Err(self.missing(names.iter())),
        }
    }

    fn missing<'n>(&self, names: impl Iterator<Item = &'n HeaderName>) -> Error {
        let names: Vec<&HeaderName> = names.collect();
        let mut is_underscored = false;
        self.headers.each(&mut |given, _| {
            is_underscored |= names.iter().any(|name| name.matches_underscored(given));
        });
        let advice = if is_underscored {
            "a header of that name with `_` for each `-` is there, so the framework has rewritten the \
             names: pass the headers with the names that they have in HTTP or CGI, such as \
             `$_SERVER` in PHP"
        } else {
            "pass all of the request's headers, and check that no proxy removes it"
        };
        let names: Vec<String> = names.iter().map(|name| format!("`{}`", name.as_str())).collect();
        Error::new(
            ErrorCode::MissingHeader,
            format!(
                "the header {} is missing, which {} sends with every delivery: {advice}",
                names.join(" or "),
                self.scheme.title()
            ),
        )
    }

    fn malformed_signature(
        &self,
        forms: &[&SignatureForm],
        name: &HeaderName,
        value: &str,
    ) -> Error {
        if value.is_empty() {
            return malformed(name, "is empty");
        }
        if is_absent(value) {
            return malformed(
                name,
                "holds a word for a value that is not there, such as `undefined` or `null`: the \
                 request had no such header, and what passed it on has made a text of that",
            );
        }
        let descriptions: Vec<String> = forms.iter().map(|form| form.description()).collect();
        let mut what = format!(
            "is not a signature of {}: it must be {}",
            self.scheme.title(),
            descriptions.join(", or ")
        );
        if let Some(malformation) = malformation(forms, value) {
            what = format!("{what}; {malformation}");
        }
        malformed(name, &what)
    }
}

/// The one value of a header that several equal ones were joined to, as frameworks and proxies do;
/// the value as it is if it was not joined, `None` if the values differ.
fn unjoined(value: &str) -> Option<&str> {
    let mut parts = value.split(',').map(|part| part.trim_matches([' ', '\t']));
    let first = parts.next()?;
    if !first.is_empty() && parts.all(|part| part == first) {
        return Some(first);
    }
    // Without a space, the comma may be the value's own.
    (!value.contains(", ")).then_some(value)
}

/// Returns `true` if it is what programs write for a value that they do not have.
fn is_absent(value: &str) -> bool {
    let words = ["undefined", "null", "none", "nil", "nan", "false", "[object object]"];
    words.iter().any(|word| value.eq_ignore_ascii_case(word))
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

/// Returns the error of a header that has several values.
pub(crate) fn joined(name: &HeaderName) -> Error {
    malformed(
        name,
        "holds several values that differ, joined by a comma: which one counts cannot be known, so \
         something between the sender and here has added one",
    )
}

/// Returns the error of a signed timestamp that is not what this form needs.
pub(crate) fn malformed_timestamp(
    scheme: &Compiled,
    form: &SignatureForm,
    unit: TimestampUnit,
) -> Error {
    let digits = match form.borders.timestamp_digits {
        Some(digits) => format!(", {digits} of them, for the sake of what stands beside it"),
        None => String::new(),
    };
    Error::new(
        ErrorCode::MalformedHeader,
        format!("the timestamp that {} signs must be {}{digits}", scheme.title, unit.description()),
    )
}

pub(crate) fn malformed(name: &HeaderName, what: &str) -> Error {
    Error::new(ErrorCode::MalformedHeader, format!("the header `{}` {what}", name.as_str()))
}
