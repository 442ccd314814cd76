//! A request, read as a scheme says.

mod malformed;
mod refusals;
mod signature;
mod values;

use core::cell::OnceCell;
use std::borrow::Cow;

use hookseal_json::Selection;

pub(crate) use self::malformed::{joined, malformed, malformed_timestamp, text};
use crate::clock::{Moment, TimestampUnit};
use crate::headers::{HeaderName, Headers};
use crate::scheme::{Compiled, Scheme, Signature, SignatureForm, TimestampRule};
use crate::surface::Surface;
use crate::webhook::Webhook;
use crate::{Error, ErrorCode};

/// A request, and the scheme that says what to read in it.
pub(crate) struct Request<'d, H: ?Sized> {
    scheme: &'d Scheme,
    headers: &'d H,
    body: &'d [u8],
    /// The language or program that messages are for.
    surface: Surface,
    /// The signatures that are not one header's value, each at the number of its place.
    gathered: OnceCell<Vec<OnceCell<String>>>,
    /// The places in the body that are signed one by one; `None` if it is no JSON.
    selection: OnceCell<Option<Selection>>,
}

impl<'d, H: Headers + ?Sized> Request<'d, H> {
    pub(crate) fn new(scheme: &'d Scheme, headers: &'d H, body: &'d [u8]) -> Self {
        let (gathered, selection) = (OnceCell::new(), OnceCell::new());
        Self { scheme, headers, body, surface: Surface::default(), gathered, selection }
    }

    /// Sets the language or program that messages are for.
    pub(crate) fn surface(mut self, surface: Surface) -> Self {
        self.surface = surface;
        self
    }

    pub(crate) fn scheme(&self) -> &'d Scheme {
        self.scheme
    }

    pub(crate) fn body(&self) -> &'d [u8] {
        self.body
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

    /// The request's address, as the caller gives it.
    pub(crate) fn url(&self) -> Result<&'d str, Error> {
        self.headers.url().ok_or_else(|| self.no_request("address", self.surface.url()))
    }

    /// The request's method, in capital letters.
    pub(crate) fn method(&self) -> Result<String, Error> {
        let method = self.headers.method();
        let method = method.ok_or_else(|| self.no_request("method", self.surface.method()))?;
        Ok(method.to_ascii_uppercase())
    }

    /// The whole address that the sender called.
    pub(crate) fn whole_url(&self, webhook: &Webhook) -> Result<String, Error> {
        match webhook.address(self.url()?) {
            Some(url) => Ok(url.into_owned()),
            None => Err(Error::new(
                ErrorCode::MissingRequest,
                format!(
                    "{} signs the whole address that it calls, and only a path was given: {}, such \
                     as `https://hooks.example.com`",
                    self.scheme.title(),
                    self.surface.origin()
                ),
            )),
        }
    }

    /// The id of the key that the delivery was signed with, if it names one.
    pub(crate) fn key_id(&self) -> Result<Option<&'d str>, Error> {
        Ok(self.single(&self.compiled().key_id)?.map(|(_, id)| id))
    }

    /// The id that the signature covers, `""` if it covers none. What is signed is one text, so the
    /// id must be one whose borders are certain.
    pub(crate) fn signed_id(&self, form: &SignatureForm) -> Result<&'d str, Error> {
        if !form.content.has_id() {
            return Ok("");
        }
        let names = &self.compiled().id;
        let id = self.required(names)?;
        if self.compiled().id_is_uuid && !is_uuid(id) {
            return Err(malformed(&names[0], "is not a UUID"));
        }
        match form.borders.refuse_id(id) {
            Some(what) => Err(malformed(&names[0], what)),
            None => Ok(id),
        }
    }

    /// The timestamp that the signature covers, if it covers any: as it is written, and what it
    /// means.
    pub(crate) fn timestamp<'s>(
        &self,
        form: &SignatureForm,
        signature: &Signature<'s>,
    ) -> Result<Option<(Cow<'s, str>, Moment)>, Error>
    where
        'd: 's,
    {
        let Some(rule) = &self.compiled().timestamp else { return Ok(None) };
        let is_in_body = rule.pointer.is_some() && form.content.bodies() > 0;
        let is_in_signature = rule.in_signature && form.envelope().is_some();
        if !form.content.has_timestamp() && !is_in_body && !is_in_signature {
            return Ok(None);
        }
        let text: Cow<'s, str> = match (&signature.timestamp, &rule.pointer) {
            (Some(text), _) => text.clone(),
            (None, _) if is_in_signature => {
                return Err(malformed_timestamp(self.compiled(), form, rule.unit));
            }
            (None, Some(pointer)) => match self.signed_string(pointer) {
                Some(text) => Cow::Owned(text),
                None => return Err(self.no_signed_place(pointer)),
            },
            // An HTTP date has a comma of its own.
            (None, None) if rule.unit == TimestampUnit::HttpDate => {
                Cow::Borrowed(self.present(&rule.headers, self.header(&rule.headers)?)?)
            }
            (None, None) => Cow::Borrowed(self.required(&rule.headers)?),
        };
        match rule.unit.read(&text) {
            Some(moment) if form.borders.allow_timestamp(&text) => Ok(Some((text, moment))),
            _ => Err(malformed_timestamp(self.compiled(), form, rule.unit)),
        }
    }

    /// The timestamp that the body has, as it is signed.
    pub(crate) fn body_timestamp(&self, rule: &TimestampRule) -> Result<String, Error> {
        let pointer = rule.pointer.as_deref().unwrap_or_default();
        self.signed_string(pointer).ok_or_else(|| self.no_signed_place(pointer))
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
        self.present(names, self.single(names)?)
    }

    fn present(
        &self,
        names: &'d [HeaderName],
        found: Option<(&'d HeaderName, &'d str)>,
    ) -> Result<&'d str, Error> {
        match found {
            Some((name, "")) => Err(malformed(name, "is empty")),
            Some((_, value)) => Ok(value),
            None => Err(self.missing(names.iter())),
        }
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

/// Returns `true` if it is written as UUIDs are.
pub(crate) fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}
